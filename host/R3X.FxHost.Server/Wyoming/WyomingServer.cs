using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// The Wyoming front: a speech service with effects in front of another, and a loudspeaker. The protocol knows no
/// callers, so it is heard at an address of its own, which is this machine's alone unless the settings open it.
/// </summary>
/// <param name="services">What lines need.</param>
/// <param name="log">Told of what goes wrong.</param>
[SuppressMessage("Usage", "CA2213", Justification = "StopAsync ends the announcement, which says goodbye.")]
[SuppressMessage("Reliability", "CA2025", Justification = "StopAsync waits for all that uses them.")]
internal sealed class WyomingServer(WyomingServices services, ILogger<WyomingServer> log)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = [];
    private TcpListener? _listener;
    private Announcement? _announcement;
    private Task _accepting = Task.CompletedTask;

    private int MostConnections => Math.Max(1_024, 4 * services.Settings.Limits.Lines);

    /// <summary>Where it listens; null where it does not.</summary>
    public IPEndPoint? Address => (IPEndPoint?)_listener?.LocalEndpoint;

    /// <summary>What the front needs.</summary>
    public static void Add(IServiceCollection services) => services
        .AddSingleton<WyomingUpstream>().AddSingleton<WyomingServices>().AddSingleton<WyomingServer>()
        .AddHostedService(static all => all.GetRequiredService<WyomingServer>());

    /// <inheritdoc/>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ServeSettings settings = services.Settings;
        if (settings.WyomingPort is not { } port)
            return Task.CompletedTask;
        TcpListener listener = settings.WyomingAddress == "*"
            ? TcpListener.Create(port) : new TcpListener(IPAddress.Parse(settings.WyomingAddress), port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException($"Wyoming cannot listen at {settings.WyomingAddress}:{port}: {e.Message}. Choose "
                + "another port with --wyoming-port, or off.", e);
        }

        _listener = listener;
        _accepting = AcceptAsync(listener);
        Warn(settings.Announces);
        // Known by the time that somebody asks.
        if (services.Upstream.IsNamed)
            _ = services.Upstream.InfoAsync(TimeSpan.Zero, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_announcement is not null)
            await _announcement.DisposeAsync();
        await _stopping.CancelAsync();
        _listener?.Stop();
        await _accepting;
        try
        {
            await Task.WhenAll(_connections.Keys).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _abort.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
        _abort.Dispose();
    }

    private void Warn(bool announces)
    {
        bool isOpen = !IPAddress.IsLoopback(Address!.Address);
        if (isOpen)
        {
            ServeLog.Warning($"Wyoming has no token: whoever reaches tcp://{Address} may use the speech service "
                + "and the loudspeaker. Let only machines you trust reach it, or set wyoming-address to 127.0.0.1.");
        }

        if (!announces)
            return;
        if (!isOpen)
        {
            ServeLog.Warning("Wyoming is announced and only this machine reaches it. Set wyoming-address to * for "
                + "others.");
        }

        try
        {
            _announcement = new Announcement(Address);
            _announcement.Start();
        }
        catch (SocketException e)
        {
            ServeLog.Warning($"Wyoming cannot be announced, as port 5353 (UDP) cannot be had: {e.Message}. Home "
                + $"Assistant takes {Address} by hand.");
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listener.AcceptSocketAsync(_stopping.Token);
                if (_connections.Count >= MostConnections)
                {
                    socket.Dispose();
                    continue;
                }

                Task serving = ServeAsync(socket);
                _connections[serving] = 0;
                _ = serving.ContinueWith(
                    ended => _connections.TryRemove(ended, out _), CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Such as one file too many: others will be closed.
                ServeLog.NotAccepted(log, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            using var connection = new WyomingConnection(services, socket);
            await connection.RunAsync(_stopping.Token, _abort.Token);
        }
        catch (SocketException)
        {
            // It has gone before it said anything.
            socket.Dispose();
        }
    }
}
