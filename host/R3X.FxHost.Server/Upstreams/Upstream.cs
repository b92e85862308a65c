using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Upstreams;

/// <summary>The speech services behind the fronts: fixed by the settings, never by a request. Any thread.</summary>
internal sealed class Upstream : IDisposable
{
    /// <summary>The header that carries ElevenLabs' key.</summary>
    public const string ElevenLabsKey = "xi-api-key";

    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Host, HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.TransferEncoding,
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.Upgrade, HeaderNames.AcceptEncoding,
        HeaderNames.Expect, HeaderNames.Origin, HeaderNames.Cookie, HeaderNames.ContentEncoding,
        HeaderNames.TE, HeaderNames.Trailer, HeaderNames.ProxyAuthorization, HeaderNames.ProxyConnection,
    };

    private static readonly HashSet<string> LeftBehind = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.TransferEncoding, HeaderNames.Connection,
        HeaderNames.KeepAlive, HeaderNames.ContentDisposition, HeaderNames.AcceptRanges, HeaderNames.ETag,
        HeaderNames.ContentMD5, HeaderNames.SetCookie, HeaderNames.Server, HeaderNames.AccessControlAllowOrigin,
        HeaderNames.AltSvc,
    };

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private readonly LiveSettings _settings;

    /// <summary>Makes the client that all requests share.</summary>
    public Upstream(LiveSettings settings)
    {
        _settings = settings;
        Client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = true,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            // Traces and their headers would carry addresses with credentials in their query.
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>The client, which knows no service and keeps no cookies.</summary>
    public HttpMessageInvoker Client { get; }

    /// <summary>The service that a request on a path of both services is for.</summary>
    /// <param name="request">The request.</param>
    public Service For(HttpRequest request)
    {
        bool asksElevenLabs = request.Headers.ContainsKey(ElevenLabsKey) || request.Query.ContainsKey(ElevenLabsKey)
            || request.Query.ContainsKey("single_use_token");
        return asksElevenLabs || _settings.Current.OpenAi is null ? ElevenLabs : OpenAi;
    }

    /// <summary>The service that speaks OpenAI's protocol.</summary>
    public Service OpenAi => new("OpenAI", "openai", _settings.Current.OpenAi, "OPENAI_API_KEY");

    /// <summary>The service that speaks ElevenLabs' protocol.</summary>
    public Service ElevenLabs => new("ElevenLabs", "elevenlabs", _settings.Current.ElevenLabs, "ELEVENLABS_API_KEY");

    /// <summary>A request's query without what is this server's own: its token, and which sound is wanted.</summary>
    public static QueryString QueryFor(HttpRequest request)
    {
        QueryString query = default;
        foreach ((string name, StringValues values) in request.Query)
        {
            foreach (string? value in values)
            {
                if (name != "token" && !name.StartsWith("r3x_", StringComparison.Ordinal))
                    query = query.Add(name, value ?? "");
            }
        }

        return query;
    }

    /// <summary>Opens a WebSocket to a service.</summary>
    /// <param name="service">The service, which has an address.</param>
    /// <param name="request">The caller's request, whose headers and subprotocols go along.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ServiceRefusedException">The service answered with a status of its own.</exception>
    /// <exception cref="WebSocketException">It cannot be reached, or speaks no WebSocket.</exception>
    public async Task<ClientWebSocket> ConnectAsync(
        Service service, HttpRequest request, string path, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            ClientWebSocketOptions options = socket.Options;
            options.CollectHttpResponseDetails = true;
            options.KeepAliveInterval = KeepAlive;
            options.KeepAliveTimeout = KeepAlive;
            foreach (string protocol in request.HttpContext.WebSockets.WebSocketRequestedProtocols)
                options.AddSubProtocol(protocol);
            var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach ((string name, StringValues values) in request.Headers)
            {
                if (!OwnHeaders.Contains(name) && !name.StartsWith("X-R3X-", StringComparison.OrdinalIgnoreCase)
                    && !name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase) && set.Add(name))
                    options.SetRequestHeader(name, values.ToString());
            }

            // Where the key may come with the first message, one more in the headers would be taken in its place.
            if (!request.Query.ContainsKey("authorization") && !request.Query.ContainsKey("single_use_token"))
            {
                AddKey(service, (name, value) =>
                {
                    options.SetRequestHeader(name, value);
                    return true;
                }, name => set.Contains(name) || set.Contains(HeaderNames.Authorization));
            }

            var address = new UriBuilder(service.At(path));
            address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            await socket.ConnectAsync(address.Uri, Client, cancellation);
            return socket;
        }
        catch (WebSocketException e) when ((int)socket.HttpStatusCode >= StatusCodes.Status300MultipleChoices)
        {
            var refused = new ServiceRefusedException((int)socket.HttpStatusCode,
                socket.HttpResponseHeaders ?? new Dictionary<string, IEnumerable<string>>(), e);
            socket.Dispose();
            throw refused;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks a service; its answer is read while it arrives.</summary>
    /// <param name="service">The service, which has an address.</param>
    /// <param name="request">The caller's request, whose headers go along.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">The body, with its type; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public Task<HttpResponseMessage> AskAsync(
        Service service, HttpRequest request, string path, HttpContent? body, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), service.At(path)) { Content = body };
        foreach ((string name, StringValues values) in request.Headers)
        {
            if (!OwnHeaders.Contains(name) && !name.StartsWith("X-R3X-", StringComparison.OrdinalIgnoreCase))
                message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        AddKey(service, message.Headers.TryAddWithoutValidation, message.Headers.Contains);
        return Client.SendAsync(message, cancellation);
    }

    /// <summary>Adds the key that this server was given, where the caller brought none.</summary>
    public static void AddKey(Service service, Func<string, string, bool> add, Func<string, bool> contains)
    {
        string header = service.Key == "openai" ? HeaderNames.Authorization : ElevenLabsKey;
        if (!contains(header) && Secrets.Find(service.KeyVariable) is { } key)
            add(header, service.Key == "openai" ? "Bearer " + key : key);
    }

    /// <summary>Copies a service's headers that say something about the line: its id, its cost.</summary>
    public static void CopyHeaders(HttpResponseMessage answer, HttpResponse response)
    {
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!LeftBehind.Contains(name))
                response.Headers[name] = values.ToArray();
        }
    }

    /// <summary>Whether a header of a service's answer goes to the caller.</summary>
    public static bool IsHandedOn(string name) => !LeftBehind.Contains(name);

    /// <summary>Hands a service's answer on as it is: its status, its headers, its bytes as they come.</summary>
    public static async Task CopyAsync(HttpResponseMessage answer, HttpContext context)
    {
        HttpResponse response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        CopyHeaders(answer, response);
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await using Stream body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        await body.CopyToAsync(response.Body, context.RequestAborted);
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
