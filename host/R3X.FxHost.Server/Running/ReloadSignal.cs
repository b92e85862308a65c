using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace R3X.FxHost.Server.Running;

/// <summary>Reloads on SIGHUP, as <c>systemctl reload</c> has it sent. Started in a terminal, the server ends with the
/// terminal, which says so by the same signal.</summary>
/// <param name="reload">Reads the settings again.</param>
/// <param name="notices">Tells systemd.</param>
internal sealed class ReloadSignal(Reload reload, SystemdNotices notices) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _signal;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows() && Console.IsInputRedirected)
            _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _signal?.Dispose();

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        notices.Reload(reload.Run);
    }
}
