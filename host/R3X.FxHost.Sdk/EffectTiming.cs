namespace R3X.FxHost.Sdk;

/// <summary>How an effect moves sound in time, constant while it is prepared.</summary>
/// <param name="LatencyFrames">Frames by which the output is later than the input.</param>
/// <param name="TailFrames">
/// Frames after the last input (and after the latency) until the output stays below -80 dB of what went in, computed
/// from the settings it was prepared with.
/// </param>
public readonly record struct EffectTiming(int LatencyFrames, int TailFrames)
{
    /// <summary>No latency and no tail.</summary>
    public static EffectTiming Immediate => default;
}
