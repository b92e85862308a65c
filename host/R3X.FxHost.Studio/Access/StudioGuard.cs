using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Hosting;

namespace R3X.FxHost.Studio.Access;

/// <summary>
/// Lets browsers in that know the key, from the studio's own page alone, and tells them what that page may do. The
/// program's own files (scripts, styles) are no secret.
/// </summary>
/// <param name="next">What follows.</param>
/// <param name="key">What they have to know.</param>
/// <param name="lifetime">When the program ends.</param>
internal sealed class StudioGuard(RequestDelegate next, StudioKey key, IHostApplicationLifetime lifetime)
{
    /// <summary>Refuses the request or hands it on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!StudioFront.Owns(request.Path))
            return next(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (StudioFront.IsFile(request.Path))
            return next(context);
        // A page whose connection was closed comes back at once, and would keep the program for as long as it waits.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        Protect(context);
        // Pages at other ports of this machine are let in elsewhere, and their requests bring cookies along.
        if (!IsOwnPage(request))
            return RefusalPage.WriteAsync(context, "Refused.Origin");
        if (key.IsIn(request))
        {
            key.GiveTo(context);
            context.Response.Headers.Location = AddressWithoutKey(request);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        }

        return key.IsKnownTo(request) ? next(context) : RefusalPage.WriteAsync(context, "Refused.Key");
    }

    /// <summary>Says what the page may do: run the program's own scripts, and ask this server alone.</summary>
    internal static void Protect(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        string server = context.Request.Host.ToUriComponent();
        // Styles of elements are set by the text's editor, and its workers begin as blobs.
        headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + $"img-src 'self' data:; font-src 'self' data:; media-src 'self' blob:; worker-src 'self' blob:; "
            + $"connect-src 'self' ws://{server} wss://{server}; object-src 'none'; base-uri 'self'; "
            + "form-action 'self'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        // Not no-referrer: that makes the origin of a page's last message "null".
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)";
    }

    private static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers.Origin is { Count: > 0 } origin)
            return origin == $"{request.Scheme}://{request.Host.ToUriComponent()}";
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin"
            || request.Headers["Sec-Fetch-Mode"] == "navigate";
    }

    // The token stands beside it where the server has one.
    private static string AddressWithoutKey(HttpRequest request)
    {
        var kept = new QueryBuilder();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
        {
            if (name is not (StudioKey.Query or StudioFront.TokenQuery))
                kept.Add(name, values.ToArray()!);
        }

        return request.Path.ToUriComponent() + kept.ToQueryString().ToUriComponent();
    }
}
