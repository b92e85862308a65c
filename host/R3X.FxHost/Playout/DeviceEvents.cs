using System;
using System.Collections.Generic;
using System.Threading;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// What became of the device, and how often it ran dry although there was sound for it. The loudspeaker's thread
/// writes, any thread reads; neither waits. The last 64 changes are kept.
/// </summary>
/// <param name="clock">The device's clock.</param>
/// <param name="signals">Told of every change, on a thread of the pool; null for nobody.</param>
internal sealed class DeviceEvents(DeviceClock clock, HostSignals? signals)
{
    private const int MostKept = 64;

    private (long Frame, PlaybackChange Change)[] _changes = [];
    private long _underruns;
    private string? _device;

    /// <summary>How often a device ran dry in the middle of sound.</summary>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <summary>The name of the device used last; null before the first.</summary>
    public string? Device => Volatile.Read(ref _device);

    /// <summary>Says which device is used. Loudspeaker's thread.</summary>
    public void Use(string device) => Volatile.Write(ref _device, device);

    /// <summary>Counts. Loudspeaker's thread.</summary>
    public void NoteUnderruns(long more) => Volatile.Write(ref _underruns, _underruns + more);

    /// <summary>Notes a change. Loudspeaker's thread.</summary>
    /// <param name="frame">The first frame it holds for.</param>
    /// <param name="change">The change.</param>
    public void Note(long frame, DeviceChange change)
    {
        var noted = new PlaybackChange(clock.TimeAt(frame), Word(change.Kind), change.Device, change.Reason);
        (long, PlaybackChange)[] before = _changes;
        Volatile.Write(ref _changes, [.. before[Math.Max(0, before.Length + 1 - MostKept)..], (frame, noted)]);
        Use(change.Device);
        if (signals is not null)
            WorkerThread.Post(() => signals.DeviceChanged(noted), clock.Source);
    }

    /// <summary>What happened while a stretch was heard.</summary>
    /// <param name="from">The device's first frame of it.</param>
    /// <param name="until">The frame behind its last one.</param>
    /// <returns>The changes, and how many of its frames passed without a loudspeaker.</returns>
    public (IReadOnlyList<PlaybackChange> Changes, long FramesNotHeard) Between(long from, long until)
    {
        var within = new List<PlaybackChange>();
        long notHeard = 0;
        long? lost = null;
        foreach ((long frame, PlaybackChange change) in Volatile.Read(ref _changes))
        {
            if (frame > until)
                break;
            if (frame >= from)
                within.Add(change);
            if (change.Change is "lost")
            {
                lost = frame;
            }
            else if (change.Change is "resumed" && lost is { } since)
            {
                notHeard += Math.Max(0, frame - Math.Max(since, from));
                lost = null;
            }
        }

        return (within, notHeard + (lost is { } still ? Math.Max(0, until - Math.Max(still, from)) : 0));
    }

    private static string Word(DeviceChangeKind kind) => kind switch
    {
        DeviceChangeKind.Lost => "lost",
        DeviceChangeKind.Resumed => "resumed",
        DeviceChangeKind.GivenUp => "given-up",
        _ => "moved",
    };
}
