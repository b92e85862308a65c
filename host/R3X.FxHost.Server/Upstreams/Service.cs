using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Upstreams;

/// <summary>A speech service.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Key">Its setting under <c>serve:</c>, and the first part of its own paths.</param>
/// <param name="Address">Where it is; null where the settings switch it off.</param>
/// <param name="KeyVariable">The variable of the environment that holds its key, for callers who bring none.</param>
internal sealed record Service(string Name, string Key, Uri? Address, string KeyVariable)
{
    /// <summary>Where a path of it is.</summary>
    /// <param name="path">Path and query, as the protocol has them: <c>/v1/audio/speech</c>.</param>
    public Uri At(string path) => new(Address!.AbsoluteUri.TrimEnd('/') + path);

    /// <summary>Answers with an error where the settings switch the service off.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Whether there is a service.</returns>
    public async Task<bool> IsThereAsync(HttpContext context)
    {
        if (Address is not null)
            return true;
        await Problem.WriteAsync(context, StatusCodes.Status404NotFound,
            $"There is no speech service behind the {Name} front.",
            $"Name one with --{Key}, or under serve: in host.yaml.");
        return false;
    }

    /// <summary>Answers that the service cannot be reached.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">Why, a sentence.</param>
    public Task UnreachableAsync(HttpContext context, string reason) => Problem.WriteAsync(
        context, StatusCodes.Status502BadGateway, $"{Name} cannot be reached at {Address!.Authority}: {reason}",
        $"Check that it runs, and --{Key}.");

    /// <summary>Answers that what the service sent is no sound.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">What is wrong with it, a sentence.</param>
    public Task NoSoundAsync(HttpContext context, string reason) => Problem.WriteAsync(
        context, StatusCodes.Status502BadGateway, $"{Name} did not answer with sound: {reason}",
        $"Check its address, --{Key}.");
}
