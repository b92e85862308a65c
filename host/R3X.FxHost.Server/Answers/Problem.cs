using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.Answers;

/// <summary>An error of the server's own, as JSON. OpenAI's clients and ElevenLabs' find their fields in it,
/// too.</summary>
internal static class Problem
{
    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status code.</param>
    /// <param name="message">What is wrong, a sentence.</param>
    /// <param name="fix">What to do about it, a sentence.</param>
    public static Task WriteAsync(HttpContext context, int status, string message, string fix)
    {
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        string said = $"{message} {fix}";
        return context.Response.WriteAsJsonAsync(new
        {
            error = new { message = said, fix, type = "r3x_error", param = (string?)null, code = status },
            detail = new { status = "r3x_error", message = said },
        });
    }

    /// <summary>Answers that the settings name no service.</summary>
    public static Task WriteNoServiceAsync(HttpContext context, Service service) => WriteAsync(
        context, StatusCodes.Status404NotFound, $"There is no speech service behind the {service.Name} front.",
        $"Name one with --{service.Key}, or under serve: in host.yaml.");

    /// <summary>Answers that a service cannot be reached, or does not answer.</summary>
    public static Task WriteUnreachableAsync(HttpContext context, Service service, Exception why) => WriteAsync(
        context,
        why is OperationCanceledException ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway,
        why is OperationCanceledException
            ? $"{service.Name} at {service.Address!.Authority} did not answer in time."
            : $"{service.Name} cannot be reached at {service.Address!.Authority}: {why.Message}",
        $"Check that it runs, and --{service.Key}.");
}
