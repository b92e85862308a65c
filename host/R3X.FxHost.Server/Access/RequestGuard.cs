using System;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Studio;
using R3X.FxHost.Studio.Access;

namespace R3X.FxHost.Server.Access;

/// <summary>
/// Lets in whoever may call: under a name of this machine (a page elsewhere could have its own name lead here), from a
/// page of this machine or one that is allowed, and with the token where there is one.
/// </summary>
/// <param name="next">What follows.</param>
/// <param name="settings">The token, names and pages.</param>
/// <param name="studio">What browsers know that the studio let in, by the token too; null where it is not
/// served.</param>
internal sealed class RequestGuard(RequestDelegate next, LiveSettings settings, StudioKey? studio = null)
{
    private const string TokenHeader = "X-R3X-Token";

    /// <summary>Refuses the request or hands it on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        // Load balancers that look whether the server lives may name nobody.
        if (!IsOwnName(request.Host.Host) && !(IsHealth(request) && !request.Host.HasValue))
        {
            return Problem.WriteAsync(context, StatusCodes.Status403Forbidden,
                $"This server is not called \"{request.Host.Host}\".",
                "Call it by its address, or name it with --host or under hosts: in host.yaml.");
        }

        // A page elsewhere that shows what is here as an image or plays it as audio names no origin.
        if (request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Headers["Sec-Fetch-Mode"] == "no-cors"
            && settings.Current.Origins.Count == 0)
        {
            return Problem.WriteAsync(context, StatusCodes.Status403Forbidden,
                "Pages of other machines may not call this server.",
                "Allow them with --origin or under origins: in host.yaml.");
        }

        string? origin = request.Headers.Origin;
        if (origin is { Length: > 0 })
        {
            if (!IsOwnPage(origin))
            {
                return Problem.WriteAsync(context, StatusCodes.Status403Forbidden,
                    $"Pages of {origin} may not call this server.",
                    "Allow them with --origin or under origins: in host.yaml.");
            }

            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.AccessControlExposeHeaders = "*";
            context.Response.Headers.Vary = HeaderNames.Origin;
            if (HttpMethods.IsOptions(request.Method)
                && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod))
                return AnswerPreflightAsync(context);
        }

        if (settings.Current.Token is { } token && !IsHealth(request) && !IsInStudio(request)
            && !KnowsToken(request, token))
        {
            if (studio is not null && request.Path == StudioFront.Path)
                return StudioFront.AskTokenAsync(context);
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.WriteAsync(context, StatusCodes.Status401Unauthorized, "This server wants a token.",
                $"Send it as \"Authorization: Bearer TOKEN\" or \"{TokenHeader}: TOKEN\".");
        }

        return next(context);
    }

    private static Task AnswerPreflightAsync(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE, PATCH, OPTIONS";
        context.Response.Headers.AccessControlAllowHeaders =
            context.Request.Headers.AccessControlRequestHeaders;
        context.Response.Headers.AccessControlMaxAge = "600";
        // Browsers ask once more when a page of the internet calls this machine.
        if (context.Request.Headers.ContainsKey("Access-Control-Request-Private-Network"))
            context.Response.Headers["Access-Control-Allow-Private-Network"] = "true";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static bool IsHealth(HttpRequest request) => request.Path.StartsWithSegments("/health");

    // Browsers send cookies and no tokens.
    private bool IsInStudio(HttpRequest request) =>
        studio is not null && StudioFront.Owns(request.Path) && studio.IsKnownTo(request);

    private bool IsOwnName(string name) => IPAddress.TryParse(name, out _) || IsLocal(name)
        || settings.Current.Hosts.Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool IsOwnPage(string origin) =>
        settings.Current.Origins.Contains(origin.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)
        || settings.Current.Origins.Contains("*")
        || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.Scheme is "http" or "https"
            && (IsLocal(page.Host)
                || (IPAddress.TryParse(page.Host.Trim('[', ']'), out IPAddress? address)
                    && IPAddress.IsLoopback(address))));

    private static bool IsLocal(string name) => name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    // Clients of speech services have room for one key; the token may stand there, and does not go on from here.
    private static bool KnowsToken(HttpRequest request, string token)
    {
        if (Matches(request.Headers[TokenHeader], token) || Matches(request.Query["token"], token))
        {
            request.Headers.Remove(TokenHeader);
            return true;
        }

        string? bearer = request.Headers.Authorization;
        if (bearer is not null && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && Matches(bearer["Bearer ".Length..].Trim(), token))
        {
            request.Headers.Remove(HeaderNames.Authorization);
            return true;
        }

        if (!Matches(request.Headers[Upstreams.Upstream.ElevenLabsKey], token))
            return false;
        request.Headers.Remove(Upstreams.Upstream.ElevenLabsKey);
        return true;
    }

    private static bool Matches(string? given, string token) => given is not null
        && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(given), System.Text.Encoding.UTF8.GetBytes(token));
}
