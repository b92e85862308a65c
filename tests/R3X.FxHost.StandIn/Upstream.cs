using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace R3X.FxHost.StandIn;

/// <summary>
/// Stands in for ElevenLabs, OpenAI and a Wyoming server on loopback. Answers well unless asked otherwise: by
/// <see cref="Behave"/> or <c>POST /stand-in/behave</c>, <c>DELETE</c> of which ends it. What came in is read from
/// <see cref="Requests"/> or <c>GET /stand-in/requests</c>, and <c>GET /stand-in/audio?voice=&amp;text=&amp;format=</c>
/// gives a line as it is sent. Any thread.
/// </summary>
public sealed class Upstream : IAsyncDisposable
{
    internal static readonly Stopwatch Clock = Stopwatch.StartNew();

    internal static readonly JsonSerializerOptions SnakeCase = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly Lock _gate = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly Behaviours _behaviours = new();
    private readonly WebApplication _app;
    private readonly Wyoming _wyoming;

    private Upstream(WebApplication app, int wyomingPort)
    {
        _app = app;
        _wyoming = new Wyoming(this, wyomingPort);
    }

    /// <summary>Where it answers HTTP and WebSockets, without a path.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single();

    public int WyomingPort => _wyoming.Port;

    /// <summary>Everything that came in, but for requests to <c>/stand-in</c>, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    internal Task Stopped => _app.WaitForShutdownAsync(CancellationToken.None);

    /// <summary>Starts it.</summary>
    /// <param name="port">The port for HTTP; 0 takes a free one.</param>
    /// <param name="wyomingPort">The port for Wyoming; 0 takes a free one.</param>
    public static async Task<Upstream> StartAsync(int port = 0, int wyomingPort = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, port);
            k.Limits.MinResponseDataRate = null;
            k.Limits.MaxConcurrentConnections = null;
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var upstream = new Upstream(app, wyomingPort);
        app.UseWebSockets();
        app.Use(upstream.ReceiveAsync);
        app.UseRouting();
        upstream.MapControl(app);
        new ElevenLabsHttp().Map(app);
        new ElevenLabsSockets().Map(app);
        new OpenAi().Map(app);
        await app.StartAsync(CancellationToken.None);
        upstream._wyoming.Start();
        return upstream;
    }

    /// <summary>Asks for a behaviour. The first that was asked for and fits a request is used for it.</summary>
    public void Behave(Behaviour behaviour) => _behaviours.Add(behaviour);

    /// <summary>A line as it is sent.</summary>
    /// <param name="voice">One of <see cref="Voices.All"/>.</param>
    /// <param name="text">The text.</param>
    /// <param name="format">A format by ElevenLabs' names.</param>
    public static async Task<byte[]> AudioAsync(string voice, string text, string format)
        => await Sound.InAsync(await Take.OfAsync(new Part(voice, text)), format);

    public async ValueTask DisposeAsync()
    {
        await _wyoming.DisposeAsync();
        await _app.DisposeAsync();
    }

    internal Behaviour BehaviourFor(string? voice) => _behaviours.Next(voice);

    internal void Add(ReceivedRequest request)
    {
        lock (_gate)
            _requests.Add(request);
    }

    private async Task ReceiveAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/stand-in", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var request = new ReceivedRequest(context.Request.Method, context.Request.Path)
        {
            Query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            Headers = context.Request.Headers.ToDictionary(
                h => string.Concat(h.Key.Select(char.ToLowerInvariant)), h => h.Value.ToString()),
        };
        context.Features.Set(request);
        context.Features.Set(this);
        bool broken = false;
        try
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                using var body = new StreamReader(context.Request.Body, System.Text.Encoding.Latin1);
                string text = await body.ReadToEndAsync(context.RequestAborted);
                request.Body = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(text));
            }

            Add(request);
            await next(context);
            await context.Response.CompleteAsync();
        }
        catch (BrokenOffException)
        {
            broken = true;
            context.Abort();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away, as is told below.
        }
        finally
        {
            request.End(!broken && (request.LeftEarly || context.RequestAborted.IsCancellationRequested));
        }
    }

    private void MapControl(WebApplication app)
    {
        app.MapPost("/stand-in/behave", async (HttpContext context) =>
        {
            Behave((await context.Request.ReadFromJsonAsync<Behaviour>(SnakeCase, context.RequestAborted))!);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        app.MapDelete("/stand-in/behave", (HttpContext _) =>
        {
            _behaviours.Clear();
            return Task.CompletedTask;
        });
        app.MapGet("/stand-in/requests", (HttpContext context) =>
            context.Response.WriteAsJsonAsync(Requests.Select(r => r.Told()), SnakeCase, context.RequestAborted));
        app.MapGet("/stand-in/audio", async (HttpContext context) =>
        {
            IQueryCollection query = context.Request.Query;
            await context.Response.Body.WriteAsync(
                await AudioAsync(query["voice"]!, query["text"]!, query["format"]!), context.RequestAborted);
        });
    }
}
