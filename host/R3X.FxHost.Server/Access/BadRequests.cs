using System;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace R3X.FxHost.Server.Access;

/// <summary>Answers in words what was wrong with a request before a front saw it: a value of its query that cannot be
/// read, a body that is too large.</summary>
/// <param name="next">What follows.</param>
/// <param name="settings">How much a request may hold, and how slowly its answer may be taken.</param>
internal sealed partial class BadRequests(RequestDelegate next, LiveSettings settings)
{
    // Kestrel takes no less than a second.
    private static readonly TimeSpan ShortestGrace = TimeSpan.FromSeconds(2);

    /// <summary>How slowly an answer may be taken.</summary>
    public static MinDataRate PaceOf(ServeLimits limits) =>
        new(240, limits.Idle > ShortestGrace ? limits.Idle : ShortestGrace);

    /// <summary>Hands the request on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            // Before anything is begun for it.
            long most = Limit(context, settings.Current.Limits);
            if (context.Request.ContentLength > most)
            {
                throw new BadHttpRequestException(
                    $"The body has {context.Request.ContentLength} bytes, which is more than this server takes.",
                    StatusCodes.Status413PayloadTooLarge);
            }

            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            Match unread = UnreadValue.Match(e.Message);
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(unread.Groups["name"].Value);
            string value = unread.Groups["value"].Success
                ? $"{name} is \"{unread.Groups["value"]}\", which cannot be read." : $"{name} is missing.";
            await (e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problem.WriteAsync(context, e.StatusCode, e.Message,
                    "Send less, or raise limits: body under serve: in host.yaml.")
                : unread.Success
                ? Problem.WriteAsync(context, e.StatusCode, value, "GET /openapi/v1.json says what it may be.")
                : Problem.WriteAsync(context, e.StatusCode, e.Message, "GET /openapi/v1.json says how to ask."));
        }
    }

    // The web server has those limits that the process began with.
    private static long Limit(HttpContext context, ServeLimits limits)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = limits.Body;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } pace)
            pace.MinDataRate = PaceOf(limits);
        return limits.Body;
    }

    // Failed to bind parameter "Nullable<int> Priority" from "abc". Required parameter "string key" was not ...
    [GeneratedRegex("""parameter "[^"]*?(?<name>\w+)" (from "(?<value>.*)"\.$|was not provided)""")]
    private static partial Regex UnreadValue { get; }
}
