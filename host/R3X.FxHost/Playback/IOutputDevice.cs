using System;
using System.Diagnostics.CodeAnalysis;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker, opened once and kept. Members are called from one thread, the device's writer, unless they say
/// otherwise; they may block it. Disposing stops the sound at once: call <see cref="Drain"/> first to hear the end.
/// </summary>
public interface IOutputDevice : IDisposable
{
    /// <summary>The most frames of a block.</summary>
    const int MostFrames = 1024;

    /// <summary>The name people know the device by.</summary>
    string Name { get; }

    /// <summary>The device's own rate and channels; blocks come in this format.</summary>
    AudioFormat Format { get; }

    /// <summary>
    /// How long after <see cref="Write"/> accepts it a sample is heard, as the device states it now. What has been
    /// heard is what was written less this.
    /// </summary>
    /// <exception cref="DeviceException">The device is gone.</exception>
    TimeSpan Latency { get; }

    /// <summary>Hands samples over; returns when the device has taken them all, which paces the caller.</summary>
    /// <param name="block">Up to <see cref="MostFrames"/> frames in <see cref="Format"/>.</param>
    /// <exception cref="DeviceException">The device is gone.</exception>
    void Write(AudioBlock block);

    /// <summary>Returns when the last sample written has left the device.</summary>
    /// <exception cref="DeviceException">The device is gone.</exception>
    void Drain();

    /// <summary>
    /// Drops what was written and not yet heard; a write or drain that waits on another thread goes on. Any thread,
    /// also when the device is gone or closed: then nothing is left to drop.
    /// </summary>
    void Flush();

    /// <summary>
    /// Takes back the frames written last that have not been heard: the next <see cref="Write"/> goes in their place,
    /// seamlessly and to the sample. What is about to sound within a few milliseconds stays.
    /// </summary>
    /// <param name="frames">How many at most.</param>
    /// <returns>How many were taken back; 0 from a device that cannot, or that is gone.</returns>
    int Rewind(int frames);

    /// <summary>
    /// For barge-in: a <see cref="Write"/> or <see cref="Drain"/> that waits on another thread goes on at once. The
    /// write still takes its whole block, so the device may hold that much more than its buffer; the drain may return
    /// before the end was heard, which <see cref="Latency"/> tells. When none waits, the next one that would does not,
    /// unless a <see cref="Rewind"/> or <see cref="Flush"/> comes before it. Any thread, also when the device is gone
    /// or closed.
    /// </summary>
    void InterruptWait();

    /// <summary>
    /// How often the device ran out of frames since it was opened. Running out behind the last frame of a line counts
    /// too: the caller knows which were ends. Any thread.
    /// </summary>
    long Underruns { get; }

    /// <summary>
    /// Gives what became of the device, oldest first: that it was lost, resumed, or moved to another loudspeaker. Never
    /// waits. A device that cannot survive being unplugged has nothing to tell: its calls throw. Any thread.
    /// </summary>
    /// <param name="change">The change, or null.</param>
    /// <returns>Whether there was one.</returns>
    bool TryTakeChange([NotNullWhen(true)] out DeviceChange? change)
    {
        change = null;
        return false;
    }
}
