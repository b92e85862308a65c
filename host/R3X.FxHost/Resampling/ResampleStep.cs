namespace R3X.FxHost.Resampling;

/// <summary>How far one call of <see cref="Resampler.Process"/> came.</summary>
/// <param name="FramesConsumed">Input frames that need not be given again.</param>
/// <param name="FramesProduced">Frames written to the start of the output.</param>
internal readonly record struct ResampleStep(int FramesConsumed, int FramesProduced);
