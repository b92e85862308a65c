using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;
using Yarp.ReverseProxy.Forwarder;

namespace R3X.FxHost.Server.Upstreams;

/// <summary>Whatever no front knows goes to the speech service and back untouched.</summary>
internal static class PassThrough
{
    /// <summary>Takes the rest of the services' paths, with <c>/openai</c> or <c>/elevenlabs</c> in front or
    /// without.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Clients look whether anybody is there.
        routes.MapGet("/", static () => Results.Json(new { name = "R3X.FxHost" })).ExcludeFromDescription();
        routes.Map("/openai/{**path}", static (HttpContext context, Upstream upstream, IHttpForwarder forwarder) =>
            ForwardAsync(context, upstream, forwarder, upstream.OpenAi)).ExcludeFromDescription();
        routes.Map("/elevenlabs/{**path}", static (HttpContext context, Upstream upstream, IHttpForwarder forwarder) =>
            ForwardAsync(context, upstream, forwarder, upstream.ElevenLabs)).ExcludeFromDescription();
        foreach (string path in (string[])["/v1/{**path}", "/v2/{**path}", "/v3/{**path}"])
        {
            routes.Map(path, static (HttpContext context, Upstream upstream, IHttpForwarder forwarder) =>
                ForwardAsync(context, upstream, forwarder, upstream.For(context.Request))).ExcludeFromDescription();
        }
    }

    private static async Task ForwardAsync(
        HttpContext context, Upstream upstream, IHttpForwarder forwarder, Service service)
    {
        if (service.Address is null)
        {
            await Problem.WriteNoServiceAsync(context, service);
            return;
        }

        ServeSettings settings = (ServeSettings)context.RequestServices.GetService(typeof(ServeSettings))!;
        ForwarderError error = await forwarder.SendAsync(
            context, service.Address.AbsoluteUri.TrimEnd('/'), upstream.Client,
            new ForwarderRequestConfig { ActivityTimeout = settings.Limits.Idle }, new Transformer(service));
        if (error != ForwarderError.None && !context.Response.HasStarted
            && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Clear();
            await Problem.WriteUnreachableAsync(
                context, service, context.GetForwarderErrorFeature()?.Exception ?? new IOException($"{error}"));
        }
    }

    private sealed class Transformer(Service service) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest,
            string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            PathString path = httpContext.Request.Path;
            if (path.StartsWithSegments("/" + service.Key, out PathString rest))
                path = rest;
            proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(
                destinationPrefix, path, Upstream.QueryFor(httpContext.Request));
            proxyRequest.Headers.Host = null;
            proxyRequest.Headers.Remove(HeaderNames.Origin);
            proxyRequest.Headers.Remove(HeaderNames.Cookie);
            Upstream.AddKey(service, proxyRequest.Headers.TryAddWithoutValidation, proxyRequest.Headers.Contains);
        }
    }
}
