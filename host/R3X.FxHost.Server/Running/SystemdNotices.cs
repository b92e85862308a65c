using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using R3X.FxHost.Server.Own;

namespace R3X.FxHost.Server.Running;

/// <summary>
/// Tells systemd how the server is (<c>Type=notify</c>): ready when it listens and its effects are loaded, reloading,
/// stopping, and, where the unit has <c>WatchdogSec</c>, that it lives. Says nothing where nobody listens.
/// </summary>
/// <param name="systemd">Who listens.</param>
/// <param name="warmUp">Loads the effects.</param>
/// <param name="lifetime">Knows when the server listens and when it ends.</param>
internal sealed class SystemdNotices(ISystemdNotifier systemd, WarmUp warmUp, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private static readonly ServiceState Lives = new("WATCHDOG=1");

    private volatile bool _isReady;

    /// <summary>The settings are read again.</summary>
    /// <param name="reload">Reads them.</param>
    public void Reload(Action reload)
    {
        // Before it is ready there is nothing to take back.
        bool tells = _isReady;
        if (tells)
        {
            systemd.Notify(new ServiceState(string.Create(CultureInfo.InvariantCulture,
                $"RELOADING=1\nMONOTONIC_USEC={(long)Stopwatch.GetElapsedTime(0).TotalMicroseconds}")));
        }

        try
        {
            reload();
        }
        finally
        {
            if (tells)
                systemd.Notify(ServiceState.Ready);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!systemd.IsEnabled)
            return;
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration started = lifetime.ApplicationStarted.Register(
            () => listens.TrySetResult());
        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(
            () => systemd.Notify(ServiceState.Stopping));
        try
        {
            await Task.WhenAll(listens.Task, warmUp.Done).WaitAsync(stoppingToken);
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Whoever has it reloaded as soon as it is ready is told, too.
                _isReady = true;
                systemd.Notify(ServiceState.Ready);
            }

            await WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    // Said from the pool, on which requests are answered: where they no longer are, systemd hears nothing and starts
    // the server anew.
    private async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(WatchdogPeriod() / 2 ?? Timeout.InfiniteTimeSpan);
        while (await timer.WaitForNextTickAsync(stopping))
            systemd.Notify(Lives);
    }

    private static TimeSpan? WatchdogPeriod()
    {
        // Children inherit the variables, and are not watched.
        bool isOthers = int.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_PID"),
            CultureInfo.InvariantCulture, out int process) && process != Environment.ProcessId;
        return !isOthers && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
            CultureInfo.InvariantCulture, out long microseconds) && microseconds > 1_000
            ? TimeSpan.FromMicroseconds(microseconds) : null;
    }
}
