using System;

namespace R3X.FxHost.Playback;

/// <summary>How a device is opened.</summary>
public sealed record OutputDeviceOptions
{
    /// <summary>The smallest buffer, in milliseconds. Below it, sound breaks up on the machines measured.</summary>
    public const double MinimumBufferMilliseconds = 10;

    /// <summary>The largest buffer, in milliseconds.</summary>
    public const double MaximumBufferMilliseconds = 2_000;

    /// <summary>The settings nobody chose.</summary>
    public static OutputDeviceOptions Default { get; } = new();

    /// <summary>
    /// How much sound waits between the writer and the loudspeaker, in milliseconds, 10 to 2,000. A sound server may hold
    /// a little more; <see cref="IOutputDevice.Latency"/> says how much it is.
    /// </summary>
    public double BufferMilliseconds { get; init; } = 40;

    /// <summary>
    /// The PulseAudio server, as <c>PULSE_SERVER</c> writes it (<c>unix:/path</c>, <c>tcp:host</c>). Null leaves it to libpulse,
    /// which reads <c>PULSE_SERVER</c>, <c>XDG_RUNTIME_DIR</c> and its <c>client.conf</c>.
    /// </summary>
    public string? PulseServer { get; init; }

    /// <summary>The name that volume controls show.</summary>
    public string ApplicationName { get; init; } = "R3X.FxHost";

    /// <summary>
    /// Whether <c>null</c> and <c>file:</c> take as long as a loudspeaker would. A file then holds what would have been
    /// heard, without what <see cref="IOutputDevice.Flush"/> dropped; unpaced, everything written is heard at once.
    /// </summary>
    public bool Paced { get; init; } = true;

    /// <summary>The clock of <c>null</c> and <c>file:</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The buffer as a length of time, within its limits.</summary>
    internal TimeSpan Buffer => TimeSpan.FromMilliseconds(
        Math.Clamp(BufferMilliseconds, MinimumBufferMilliseconds, MaximumBufferMilliseconds));
}
