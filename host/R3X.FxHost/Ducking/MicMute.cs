using R3X.FxHost.Playout;

namespace R3X.FxHost.Ducking;

/// <summary>Tells whoever records the microphone when a voice begins to be heard, and when it has been heard.</summary>
/// <param name="IsOn">Whether the microphone is muted from now on.</param>
/// <param name="Moment">When, on the device's clock.</param>
public sealed record MicMute(bool IsOn, PlaybackMoment Moment);
