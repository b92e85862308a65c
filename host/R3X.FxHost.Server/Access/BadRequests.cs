using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Access;

/// <summary>Answers in words what was wrong with a request before a front saw it: a value of its query that cannot be
/// read, a body that is too large.</summary>
/// <param name="next">What follows.</param>
internal sealed partial class BadRequests(RequestDelegate next)
{
    /// <summary>Hands the request on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            // Before anything is begun for it.
            long? most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
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

    // Failed to bind parameter "Nullable<int> Priority" from "abc". Required parameter "string key" was not ...
    [GeneratedRegex("""parameter "[^"]*?(?<name>\w+)" (from "(?<value>.*)"\.$|was not provided)""")]
    private static partial Regex UnreadValue { get; }
}
