namespace R3X.FxHost.Chains;

/// <summary>A gain the host puts into a chain.</summary>
/// <param name="StartDb">Its size at the line's first frame, in dB; 0 leaves every sample as it is.</param>
/// <param name="Follower">What moves it from then on; null keeps it where it is.</param>
internal sealed record ChainGain(double StartDb, IGainFollower? Follower = null);
