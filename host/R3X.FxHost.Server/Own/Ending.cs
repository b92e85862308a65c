using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using R3X.FxHost.Ducking;
using R3X.FxHost.Queue;
using R3X.FxHost.Server.Access;

namespace R3X.FxHost.Server.Own;

/// <summary>
/// The server's end: from the first signal on there are no new lines, what is heard is heard to its end, what waits is
/// not, and those who follow are told of it. A second signal ends at once.
/// </summary>
/// <param name="host">What is heard.</param>
/// <param name="lines">What waits.</param>
/// <param name="counter">Lets no new lines in.</param>
internal sealed class Ending(FxHost host, SpokenLines lines, LineCounter counter) : IHostedLifecycleService, IDisposable
{
    /// <summary>A line that never ends is cut.</summary>
    public static readonly TimeSpan LastLine = TimeSpan.FromSeconds(30);

    private const int Interrupted = 1;

    // By the clock of the loudspeaker, the microphone opens a moment behind the line.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Told = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _over = new();
    private PosixSignalRegistration[] _signals = [];

    /// <summary>Cancelled when nothing more is heard.</summary>
    public CancellationToken Over => _over.Token;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _signals = [Listen(PosixSignal.SIGINT), Listen(PosixSignal.SIGTERM)];
        counter.Close();
        // What is paused is not heard; what is about to begin is.
        Turn? heard = host.Queue.IsPaused ? null : host.Queue.Current ?? lines.Unfinished
            .Select(static line => line.Utterance?.Turn).FirstOrDefault(static turn => turn is not null);
        heard?.Complete();
        foreach (SpokenLine line in lines.Unfinished)
        {
            if (line.Utterance is { } utterance && utterance.Turn != heard)
                utterance.Interrupt();
        }

        if (heard is not null)
            await HearAsync(heard);
        await _over.CancelAsync();
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        _over.Dispose();
    }

    private static PosixSignalRegistration Listen(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, static _ => Environment.Exit(Interrupted));

    private async Task HearAsync(Turn heard)
    {
        using var settled = new CancellationTokenSource(LastLine);
        Task open = MicOpensAsync(settled.Token);
        try
        {
            await heard.Finished.WaitAsync(LastLine);
        }
        catch (TimeoutException)
        {
            heard.Interrupt();
            await heard.Finished;
        }

        settled.CancelAfter(Settled);
        await open;
        await Task.Delay(Told);
    }

    // Whoever mutes a microphone while a voice is heard has to be told when to open it.
    private async Task MicOpensAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (MicMute mute in host.Queue.MicMutes(cancellation))
            {
                if (!mute.IsOn)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
