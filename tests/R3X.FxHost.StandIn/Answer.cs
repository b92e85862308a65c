using System;
using System.IO;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace R3X.FxHost.StandIn;

/// <summary>Writes the body of an HTTP answer as was asked for.</summary>
internal static class Answer
{
    private const string Page = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>";

    public static ReceivedRequest Received(this HttpContext context) => context.Features.Get<ReceivedRequest>()!;

    public static Behaviour BehaviourFor(this HttpContext context, string? voice)
        => context.Features.Get<Upstream>()!.BehaviourFor(voice);

    /// <summary>Sends a line, or a message that holds one.</summary>
    /// <param name="context">Whom.</param>
    /// <param name="how">What was asked for.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="type">Its content type.</param>
    /// <param name="length">How long it sounds.</param>
    public static async Task SendAsync(
        this HttpContext context, Behaviour how, byte[] body, string type, TimeSpan length)
    {
        HttpResponse response = context.Response;
        foreach ((string name, string value) in how.Headers)
            response.Headers[name] = value;
        if (how.Html)
        {
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(Page, context.RequestAborted);
            return;
        }

        response.ContentType = how.WrongType ?? type;
        bool zipped = how.Gzip
            && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        if (zipped)
            response.Headers.ContentEncoding = "gzip";
        await response.StartAsync(context.RequestAborted);
        await using Stream written = zipped
            ? new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true) : response.Body;
        var delivery = new Delivery(how, context.Received(), context.RequestAborted);
        await delivery.WriteAsync(body, length, async piece =>
        {
            await written.WriteAsync(piece, context.RequestAborted);
            await written.FlushAsync(context.RequestAborted);
        });
    }

    /// <summary>Sends an object that holds no sound.</summary>
    public static Task SendJsonAsync(this HttpContext context, object value, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, JsonSerializerOptions.Web, context.RequestAborted);
    }

    /// <summary>Random bytes, the same at each call.</summary>
    public static byte[] Garbage(int count)
    {
        byte[] bytes = new byte[count];
        uint state = 1;
        for (int i = 0; i < count; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }
}
