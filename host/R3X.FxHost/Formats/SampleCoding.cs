namespace R3X.FxHost.Formats;

/// <summary>How one sample is written in bytes, little-endian.</summary>
internal enum SampleCoding
{
    Unsigned8,
    Int16,
    Int24,
    Int32,
    Float32,
    Float64,
    MuLaw,
    ALaw,
}
