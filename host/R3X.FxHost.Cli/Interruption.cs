using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace R3X.FxHost.Cli;

/// <summary>
/// Ctrl-C and its kin: the first ends the line in progress and clears up, a second one (or two seconds without an end)
/// ends the program where it is, with nothing half written left behind. The exit code is the shell's own: 128 and the
/// signal's number.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Ctrl-C, a service manager or a closed terminal may send two at once.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(500);
    private static int s_signal;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _limit;
    private long _since = Stopwatch.GetTimestamp();

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, 1)),
        ];
    }

    /// <summary>What a program ends with that was told to stop.</summary>
    public static int ExitCode => s_signal == 0 ? Cli.ExitCode.Failed : 128 + s_signal;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _limit?.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref s_signal, signal, 0) != 0)
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _since)) > AtOnce)
                End();
            return;
        }

        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        // A write that nobody takes cannot be cancelled.
        _limit = new Timer(static _ => End(), null, Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private static void End()
    {
        OutputFile.DeletePartial();
        Environment.Exit(ExitCode);
    }
}
