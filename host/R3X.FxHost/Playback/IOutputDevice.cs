using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker, opened once and kept. All members but <see cref="Flush"/> are called from one thread, the device's
/// writer; they may block it. Disposing stops the sound at once: call <see cref="Drain"/> first to hear the end.
/// </summary>
public interface IOutputDevice : IDisposable
{
    /// <summary>The name people know the device by.</summary>
    string Name { get; }

    /// <summary>The device's own rate and channels; blocks come in this format.</summary>
    AudioFormat Format { get; }

    /// <summary>
    /// How long after <see cref="Write"/> accepts it a sample is heard, as the device states it now. What has been heard
    /// is what was written less this.
    /// </summary>
    /// <exception cref="DeviceException">The device is gone.</exception>
    TimeSpan Latency { get; }

    /// <summary>Hands samples over; returns when the device has taken them all, which paces the caller.</summary>
    /// <param name="block">Up to 1,024 frames in <see cref="Format"/>.</param>
    /// <exception cref="DeviceException">The device is gone.</exception>
    void Write(AudioBlock block);

    /// <summary>Returns when the last sample written has left the device.</summary>
    /// <exception cref="DeviceException">The device is gone.</exception>
    void Drain();

    /// <summary>
    /// Drops what was written and not yet heard; a write or drain that waits on another thread goes on. Any thread, also
    /// when the device is gone or closed: then nothing is left to drop.
    /// </summary>
    void Flush();
}
