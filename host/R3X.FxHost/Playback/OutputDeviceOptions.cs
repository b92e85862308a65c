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
    /// How much sound waits between the writer and the loudspeaker, in milliseconds, 10 to 2,000. A sound server may
    /// hold a little more; <see cref="IOutputDevice.Latency"/> says how much it is.
    /// </summary>
    public double BufferMilliseconds { get; init; } = 40;

    /// <summary>
    /// How large the buffer may become by itself, in milliseconds: it doubles each time the loudspeaker runs dry in the
    /// middle of sound, on a machine that is too busy for a small one. A smaller value than
    /// <see cref="BufferMilliseconds"/> keeps that. Interrupting is as quick with any buffer.
    /// </summary>
    public double GrownMilliseconds { get; init; } = 320;

    /// <summary>What becomes of sound while there is no loudspeaker to play it: it went away and no other was there at
    /// once.</summary>
    public DeviceLoss WhenDeviceGoes { get; init; } = DeviceLoss.Hold;

    /// <summary>How long <see cref="DeviceLoss.Hold"/> waits for a loudspeaker, in seconds, before it goes on as
    /// <see cref="DeviceLoss.Drop"/>.</summary>
    public double HoldSeconds { get; init; } = 10;

    /// <summary>
    /// Whether sound for a loudspeaker that was named goes to the default one while it is away. It comes back when the
    /// loudspeaker does.
    /// </summary>
    public bool FallBackToDefault { get; init; } = true;

    /// <summary>
    /// Whether a loudspeaker that is not there when it is first opened is waited for, silently and at its pace, in
    /// place of a <see cref="DeviceException"/>.
    /// </summary>
    public bool StartSilent { get; init; }

    /// <summary>
    /// How much silence goes to a loudspeaker when it is opened, in milliseconds; 100 wakes those that swallow the
    /// beginning of what they are given. The opener does not wait for it; a line that comes sooner is heard behind it.
    /// </summary>
    public double PrewarmMilliseconds { get; init; }

    /// <summary>
    /// The PulseAudio server, as <c>PULSE_SERVER</c> writes it (<c>unix:/path</c>, <c>tcp:host</c>). Null leaves it to
    /// libpulse, which reads <c>PULSE_SERVER</c>, <c>XDG_RUNTIME_DIR</c> and its <c>client.conf</c>.
    /// </summary>
    public string? PulseServer { get; init; }

    /// <summary>The name that volume controls show.</summary>
    public string ApplicationName { get; init; } = "R3X.FxHost";

    /// <summary>
    /// Whether <c>null</c> and <c>file:</c> take as long as a loudspeaker would. A file then holds what would have been
    /// heard, without what <see cref="IOutputDevice.Flush"/> dropped; unpaced, everything written is heard at once.
    /// </summary>
    public bool Paced { get; init; } = true;

    /// <summary>The clock of playback: of <c>null</c> and <c>file:</c>, and of the waits, pauses and moments of a
    /// host.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What has the loudspeakers; null for the machine's own.</summary>
    internal ISoundServer? Server { get; init; }

    /// <summary>A sink of the PulseAudio server that is never played on, by its name: the one whose sound this
    /// is.</summary>
    internal string? Except { get; init; }

    /// <summary>The buffer as a length of time, within its limits.</summary>
    internal TimeSpan Buffer => TimeSpan.FromMilliseconds(
        Math.Clamp(BufferMilliseconds, MinimumBufferMilliseconds, MaximumBufferMilliseconds));

    /// <summary>What the buffer may grow to, within its limits.</summary>
    internal TimeSpan GrownBuffer => TimeSpan.FromMilliseconds(
        Math.Clamp(GrownMilliseconds, Buffer.TotalMilliseconds, MaximumBufferMilliseconds));
}
