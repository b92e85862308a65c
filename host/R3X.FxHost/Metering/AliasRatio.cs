using System;

namespace R3X.FxHost.Metering;

/// <summary>Samples that are changed in place, from one call to the next as one stream.</summary>
/// <param name="samples">One channel, up to 1,024 of them.</param>
public delegate void SampleProcess(Span<float> samples);

/// <summary>
/// How cleanly a distortion works: the power of a sine's harmonics over the power of everything else, which must have been folded back
/// from above half the sample rate. The sine has an odd number of periods in 8,192 samples, so that no folded harmonic falls
/// onto a true one; what is above 0.4 of the sample rate is not counted.
/// </summary>
public static class AliasRatio
{
    /// <summary>Samples that are analysed.</summary>
    public const int Length = 8_192;

    private const double HighestFrequency = 0.4;
    private const int BlockFrames = 1_024;

    // Nothing is further down than the noise of single precision.
    private const double LeastPower = 1e-30;

    /// <summary>The odd number of periods in <see cref="Length"/> samples nearest to a frequency.</summary>
    /// <param name="frequency">In Hz.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static int Periods(double frequency, int sampleRate) => (2 * (int)Math.Round(((frequency * Length / sampleRate) - 1) / 2)) + 1;

    /// <summary>Feeds a sine and measures what comes out once it has settled.</summary>
    /// <param name="process">Changes the samples.</param>
    /// <param name="frequency">Of the sine, in Hz; the nearest odd number of periods is taken.</param>
    /// <param name="amplitude">Of the sine.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="settling">Frames that are not looked at, rounded up to whole lengths: latency and whatever else has to settle.</param>
    /// <returns>The ratio in dB.</returns>
    public static double Of(SampleProcess process, double frequency, double amplitude, int sampleRate, int settling = Length)
    {
        int periods = Periods(frequency, sampleRate);
        int lengths = ((settling + Length - 1) / Length) + 1;
        var samples = new float[Length];
        for (int length = 0; length < lengths; length++)
        {
            for (int i = 0; i < Length; i++)
                samples[i] = (float)(amplitude * Math.Sin(2 * Math.PI * (((long)periods * i) % Length) / Length));
            for (int start = 0; start < Length; start += BlockFrames)
                process(samples.AsSpan(start, BlockFrames));
        }

        return OfOutput(samples, periods);
    }

    /// <summary>Measures what came out for a steady sine.</summary>
    /// <param name="output"><see cref="Length"/> settled samples.</param>
    /// <param name="periods">The sine's periods in them, an odd number.</param>
    /// <returns>The ratio in dB.</returns>
    public static double OfOutput(ReadOnlySpan<float> output, int periods)
    {
        if (output.Length != Length)
            throw new ArgumentException($"The ratio is measured on {Length} samples, not {output.Length}.", nameof(output));
        if (periods < 1 || periods % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(periods), periods, "The sine needs an odd number of periods.");
        var samples = new double[Length];
        for (int i = 0; i < Length; i++)
            samples[i] = output[i];
        var transform = new RealFft(Length);
        var power = new double[transform.Bins];
        transform.Power(samples, power);
        double harmonics = 0;
        double rest = 0;
        for (int bin = 1; bin <= HighestFrequency * Length; bin++)
        {
            if (bin % periods == 0)
                harmonics += power[bin];
            else
                rest += power[bin];
        }

        return 10 * Math.Log10(harmonics / Math.Max(rest, LeastPower));
    }
}
