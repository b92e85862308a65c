using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace R3X.FxHost.Server.Own;

/// <summary>
/// An answer of server-sent events. TypedResults.ServerSentEvents has no comments, which keep a quiet connection open.
/// One writer at a time.
/// </summary>
/// <param name="context">The request.</param>
internal sealed class EventStream(HttpContext context)
{
    /// <summary>The answer's type.</summary>
    public const string ContentType = "text/event-stream";

    private readonly JsonSerializerOptions _json =
        context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    /// <summary>Whether a caller asks for events.</summary>
    public static bool IsAskedFor(HttpRequest request)
    {
        foreach (MediaTypeHeaderValue type in request.GetTypedHeaders().Accept)
        {
            if (type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Sends the answer's head.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-cache";
        // Proxies such as nginx would gather events.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return context.Response.Body.FlushAsync(cancellation);
    }

    /// <summary>Sends an event. Waits for a caller who is slow to take it.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="data">Goes as JSON.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task SendAsync<T>(string name, T data, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(
            $"event: {name}\ndata: {JsonSerializer.Serialize(data, _json)}\n\n", cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }

    /// <summary>Sends something that is no event, so that nobody between takes the connection for dead.</summary>
    public async Task KeepAliveAsync(CancellationToken cancellation)
    {
        await context.Response.WriteAsync(":\n\n", cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
