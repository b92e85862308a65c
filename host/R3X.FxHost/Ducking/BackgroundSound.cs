using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Ducking;

/// <summary>Music or ambience that plays under speech. Any thread; no member waits for the loudspeaker.</summary>
[SuppressMessage("Design", "CA1001",
    Justification = "Without a timer the source of its token holds nothing, and those who ended late still ask it.")]
public sealed class BackgroundSound
{
    /// <summary>How loud it plays unless told otherwise: music as it is published is then about as loud as a
    /// voice.</summary>
    public const double DefaultLevelDb = -10;

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private readonly Action _wake;
    private double _levelDb;
    private double _stopMilliseconds = -1;
    private Exception? _failure;

    internal BackgroundSound(SpeechAudio audio, double levelDb, Action wake)
    {
        _wake = wake;
        Audio = audio;
        LevelDb = levelDb;
    }

    /// <summary>What it is.</summary>
    public SpeechAudio Audio { get; }

    /// <summary>How loud it plays while nobody speaks, in dB, -60 to 0; 0 plays it as it is. Heard within the device's
    /// buffer, and without a click.</summary>
    public double LevelDb
    {
        get => Volatile.Read(ref _levelDb);
        set => Volatile.Write(ref _levelDb, value is >= -60 and <= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(LevelDb), value, "A background's level goes from -60 to 0 dB."));
    }

    /// <summary>Done when the last of it was heard, or nothing of it will be. Never fails: see
    /// <see cref="Failure"/>.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Why it ended before its time, or did not begin; null when it did not fail.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Fades it out and ends it. Does nothing when it has ended.</summary>
    /// <param name="fade">How long the fade takes; null takes half a second.</param>
    public void Stop(TimeSpan? fade = null)
    {
        double milliseconds = fade?.TotalMilliseconds ?? 500;
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(fade));
        Interlocked.CompareExchange(ref _stopMilliseconds, milliseconds, -1);
        _wake();
    }

    /// <summary>How long it is to take to its end; negative when it is not to end.</summary>
    internal double StopMilliseconds => Volatile.Read(ref _stopMilliseconds);

    /// <summary>Cancelled when nothing more of it is needed.</summary>
    internal CancellationToken Ended => _ended.Token;

    /// <summary>Says why it ends. The first reason holds.</summary>
    internal void Fail(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    /// <summary>It has been heard, or never will be.</summary>
    internal void Finish()
    {
        _finished.TrySetResult();
        // Whoever still reads for it is on another thread, and ends there.
        _ = _ended.CancelAsync();
    }
}
