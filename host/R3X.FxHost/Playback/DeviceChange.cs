namespace R3X.FxHost.Playback;

/// <summary>What became of a device that goes on by itself.</summary>
public enum DeviceChangeKind
{
    /// <summary>It went away. From this frame on nothing is heard.</summary>
    Lost,

    /// <summary>A device is there again. From this frame on sound is heard.</summary>
    Resumed,

    /// <summary>No device came for as long as sound was held back. From this frame on it passes unheard.</summary>
    GivenUp,

    /// <summary>The sound server, or the host after the system's default, moved the sound to another loudspeaker; it
    /// went on.</summary>
    Moved,
}

/// <summary>
/// Something that happened to a device while it was open. What was due between a loss and the resumption behind it was
/// not heard; a clock that stands still while it waits puts both on the same frame.
/// </summary>
/// <param name="Frame">When, in frames of the device since it was opened: the first frame the change holds for.</param>
/// <param name="Kind">What.</param>
/// <param name="Device">The loudspeaker it is about: the one lost, the one resumed on, the one moved to.</param>
/// <param name="FramesNotHeard">Frames of sound written before <paramref name="Frame"/> that no one heard, since the
/// change before this one.</param>
/// <param name="Reason">Why, in a sentence people can act on.</param>
public sealed record DeviceChange(long Frame, DeviceChangeKind Kind, string Device, long FramesNotHeard, string Reason);
