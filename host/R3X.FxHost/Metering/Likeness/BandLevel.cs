namespace R3X.FxHost.Metering.Likeness;

/// <summary>A third of an octave of a character's recordings.</summary>
/// <param name="Frequency">Its centre in Hz.</param>
/// <param name="Median">Its level in dB relative to the sum of the bands, the median over the recordings.</param>
/// <param name="Spread">The standard deviation over the recordings in dB.</param>
public readonly record struct BandLevel(double Frequency, double Median, double Spread);
