using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.Server.Own;

/// <summary><c>/r3x/cache</c>: lines that need not be bought again.</summary>
internal static class Cached
{
    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cache", static Results<Ok<CachedStatus>, NotFound<CachedStatus>> (
            SpeechCache cache, [Description("The line's key.")] string key)
            => cache.Find(key) is null
                ? TypedResults.NotFound(new CachedStatus(key, false)) : TypedResults.Ok(new CachedStatus(key, true)))
            .WithSummary("Whether a line is kept: 200 where it is, and POST /r3x/speak?cache=KEY needs no body; else "
                + "404.");
        routes.MapDelete("/cache", static (SpeechCache cache, [Description("The line's key.")] string key) =>
        {
            cache.Remove(key);
            return new CachedStatus(key, false);
        }).WithSummary("Forgets a line.");
    }
}

/// <summary>Whether a line is kept, as JSON.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kept">Whether it is there.</param>
internal sealed record CachedStatus(string Key, bool Kept);
