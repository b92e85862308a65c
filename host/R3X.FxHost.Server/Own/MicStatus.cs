using R3X.FxHost.Ducking;

namespace R3X.FxHost.Server.Own;

/// <summary>Whether a microphone should not be believed, as JSON.</summary>
/// <param name="Muted">Whether a voice can be heard.</param>
/// <param name="Moment">Since when, in seconds of the loudspeaker's clock; null where that is not told.</param>
internal sealed record MicStatus(bool Muted, double? Moment = null)
{
    /// <summary>A change as JSON.</summary>
    public static MicStatus Of(MicMute mute) => new(mute.IsOn, mute.Moment.DeviceTime.TotalSeconds);
}
