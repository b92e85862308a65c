namespace R3X.FxHost.Nats.Levels;

/// <summary>Levels are shared from now on, or are not.</summary>
/// <param name="IsOn">Whether they are.</param>
/// <param name="Message">That with its reason, in sentences.</param>
public sealed record LevelSharing(bool IsOn, string Message);
