namespace R3X.FxHost.Encoding;

/// <summary>How a WAV or FLAC file keeps its samples.</summary>
public enum SampleFormat
{
    /// <summary>16-bit integers, dithered.</summary>
    Int16,

    /// <summary>24-bit integers, rounded: their steps are as fine as those of the samples they come from.</summary>
    Int24,

    /// <summary>32-bit floats, bit for bit what was given, above full scale too; FLAC, which has none, takes 24
    /// bits.</summary>
    Float32,
}
