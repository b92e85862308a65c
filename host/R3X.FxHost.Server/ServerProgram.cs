using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Access;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Server.ElevenLabs;
using R3X.FxHost.Server.OpenAi;
using R3X.FxHost.Server.Own;
using R3X.FxHost.Server.Running;
using R3X.FxHost.Server.Upstreams;
using R3X.FxHost.Server.Wyoming;
using R3X.FxHost.Studio;

namespace R3X.FxHost.Server;

/// <summary>The server: all fronts in one process.</summary>
internal static class ServerProgram
{
    /// <summary>Listens until the process is told to stop, and says on standard output where.</summary>
    /// <param name="host">The host.</param>
    /// <param name="live">How to listen, and what else holds until a reload.</param>
    /// <param name="source">Reads the settings again.</param>
    /// <param name="logs">The log.</param>
    /// <param name="studio">Whether the studio is served, too.</param>
    /// <param name="browse">Whether the desktop's browser opens it.</param>
    /// <returns>False where the settings are not safe.</returns>
    /// <exception cref="IOException">The address or a port cannot be had.</exception>
    public static async Task<bool> RunAsync(FxHost host, LiveSettings live, SettingsSource source,
        ILoggerFactory logs, bool studio, bool browse)
    {
        ServeSettings settings = live.Current;
        // The studio's files stand beside the program, wherever it is started.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        string? open = OpenAddress(settings, builder.Configuration);
        live.NeedsToken = open is not null;
        if (open is not null && settings.Token is null)
        {
            ServeLog.Error($"{open} is reached from other machines, so callers need a token. Set R3X_TOKEN in the "
                + "environment, or token: under serve: in host.yaml, or listen at 127.0.0.1.");
            return false;
        }

        Configure(builder, host, settings);
        builder.Services.AddSingleton(logs).AddSingleton(live).AddSingleton(source);
        if (studio)
            StudioFront.Add(builder.Services);
        await using WebApplication app = builder.Build();
        Map(app);
        if (studio)
            StudioFront.Map(app);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new IOException(
                $"{e.Message} Use the server that runs there, or choose another port with --port.", e);
        }

        foreach (string address in app.Services.GetRequiredService<IServer>().Features
            .GetRequiredFeature<IServerAddressesFeature>().Addresses)
            ServeLog.Announce($"Listening on {address}");
        if (studio)
        {
            string page = StudioFront.AddressOf(app);
            // The address holds a key, which a log keeps for whoever reads it.
            if (ServeLog.Form == LogForm.Text)
                ServeLog.Announce($"Studio on {page}");
            else
                ServeLog.Warning("The studio's address holds a key, so it is no part of this log: --log text says it.");
            if (browse)
                Desktop.Open(page);
        }

        if (app.Services.GetRequiredService<WyomingServer>().Address is { } wyoming)
            ServeLog.Announce($"Wyoming on tcp://{wyoming}");
        await app.WaitForShutdownAsync();
        return true;
    }

    private static void Configure(WebApplicationBuilder builder, FxHost host, ServeSettings settings)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        // What a line gave is sent by the thread that made it: to hand it to another takes longer than to send it.
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.Body;
            // Speech comes at the pace of speech, and a line waits for a loudspeaker.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = BadRequests.PaceOf(settings.Limits);
            kestrel.Limits.MaxConcurrentConnections = Math.Max(1_024, 4L * settings.Limits.Lines);
            if (settings.Address == "*")
                kestrel.ListenAnyIP(settings.Port);
            else
                kestrel.Listen(IPAddress.Parse(settings.Address), settings.Port);
        });
        // What is heard ends first, then what is answered.
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = 2 * Ending.LastLine);
        builder.Services.AddSingleton(host);
        // Each request gets the settings of its moment; what lives longer asks LiveSettings.
        builder.Services.AddTransient(static all => all.GetRequiredService<LiveSettings>().Current);
        builder.Services.AddSingleton<LineCounter>().AddSingleton<Selections>().AddSingleton<OfferedVoices>()
            .AddSingleton<ProcessedAnswer>();
        builder.Services.AddSingleton<Upstream>();
        ElevenLabsFront.Add(builder.Services);
        WyomingServer.Add(builder.Services);
        builder.Services.AddHttpForwarder();
        OwnFront.Add(builder.Services);
        RunningFront.Add(builder.Services);
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<RequestGuard>();
        app.UseMiddleware<BadRequests>();
        // On other services' paths, errors without words are theirs.
        app.UseWhen(static context => context.Request.Path.StartsWithSegments("/r3x"), static own =>
            own.UseStatusCodePages(static status => Problem.WriteAsync(status.HttpContext,
                status.HttpContext.Response.StatusCode,
                $"{status.HttpContext.Request.Method} {status.HttpContext.Request.Path} is nothing that can be asked.",
                "GET /openapi/v1.json says what can.")));
        app.UseWebSockets();
        app.MapOpenApi();
        OwnFront.Map(app);
        RunningFront.Map(app);
        OpenAiFront.Map(app);
        ElevenLabsFront.Map(app);
        PassThrough.Map(app);
    }

    // What other machines reach: an address of the settings, or one of Kestrel's own.
    private static string? OpenAddress(ServeSettings settings, ConfigurationManager configuration)
    {
        if (settings.Address == "*" || !IPAddress.IsLoopback(IPAddress.Parse(settings.Address)))
            return string.Create(CultureInfo.InvariantCulture, $"{settings.Address}:{settings.Port}");
        return configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(static endpoint => endpoint["Url"])
            .FirstOrDefault(static url => url is not null && !IsLoopback(url));
    }

    private static bool IsLoopback(string url)
    {
        // Kestrel's own addresses may hold a * or a + in place of a host.
        string host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}
