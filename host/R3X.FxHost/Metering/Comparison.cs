using System;

namespace R3X.FxHost.Metering;

/// <summary>What a process did to a sound.</summary>
/// <param name="Delay">How much later the processed sound is, in seconds; below 0 where it is earlier.</param>
/// <param name="Intelligibility">STOI against the clean sound, the delay taken out; NaN for less than 384 ms of
/// speech.</param>
public sealed record Comparison(double Delay, double Intelligibility)
{
    /// <summary>The greatest delay that is looked for, in seconds either way.</summary>
    public const double MostDelay = 0.5;

    /// <summary>Compares two sounds, which may have different sample rates.</summary>
    /// <param name="clean">One channel of what went in.</param>
    /// <param name="cleanRate">Its rate, 8,000 to 192,000 Hz.</param>
    /// <param name="processed">One channel of what came out.</param>
    /// <param name="processedRate">Its rate, 8,000 to 192,000 Hz.</param>
    public static Comparison Of(
        ReadOnlySpan<float> clean, int cleanRate, ReadOnlySpan<float> processed, int processedRate)
    {
        float[] reference = Resampled.To(processedRate, clean, cleanRate);
        int late = Alignment.FramesLate(reference, processed, processedRate, MostDelay);
        ReadOnlySpan<float> from = late < 0 ? reference.AsSpan(Math.Min(-late, reference.Length)) : reference;
        ReadOnlySpan<float> to = late > 0 ? processed[Math.Min(late, processed.Length)..] : processed;
        return new Comparison((double)late / processedRate, Stoi.Of(from, to, processedRate));
    }
}
