using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering;

/// <summary>
/// Short-time objective intelligibility: C. Taal, R. Hendriks, R. Heusdens, J. Jensen, "An Algorithm for
/// Intelligibility Prediction of Time-Frequency Weighted Noisy Speech" (IEEE Transactions on Audio, Speech, and
/// Language Processing 19, 2011). At 10 kHz, the envelopes of 15 third-octave bands from 150 Hz are compared over 384
/// ms at a time, where the clean speech is not silent.
/// </summary>
internal static class Stoi
{
    private const int Rate = 10_000;
    private const double SilenceRange = 40;

    // 30 frames of 12.8 ms are 384 ms.
    private const int SegmentFrames = 30;

    // Lower bound of the signal to distortion ratio, -15 dB: a band counts as lost beyond.
    private static readonly double Clip = 1 + Math.Pow(10, 15 / 20.0);

    /// <summary>Measures how much of the speech is left to understand.</summary>
    /// <param name="clean">The speech, one channel.</param>
    /// <param name="processed">What became of it, aligned with it; the longer of the two is cut.</param>
    /// <param name="sampleRate">Of both, 8,000 to 192,000 Hz.</param>
    /// <returns>Up to 1, which is as intelligible as the clean speech; NaN for less than 384 ms of speech.</returns>
    public static double Of(ReadOnlySpan<float> clean, ReadOnlySpan<float> processed, int sampleRate)
    {
        int length = Math.Min(clean.Length, processed.Length);
        float[] x = Resampled.To(Rate, clean[..length], sampleRate);
        float[] y = Resampled.To(Rate, processed[..length], sampleRate);
        (x, y) = SpeechParts.Keep(x, y, SilenceRange);
        List<double[]> cleanBands = OctaveEnvelopes.Of(x);
        List<double[]> processedBands = OctaveEnvelopes.Of(y);
        double sum = 0;
        int segments = 0;
        for (int last = SegmentFrames; last <= cleanBands.Count; last++)
        {
            for (int band = 0; band < OctaveEnvelopes.Bands; band++)
                sum += Similarity(cleanBands, processedBands, last - SegmentFrames, band);
            segments++;
        }

        return segments == 0 ? double.NaN : sum / (segments * OctaveEnvelopes.Bands);
    }

    /// <summary>The correlation of a band's two envelopes over a segment, the processed one brought to the clean one's
    /// energy and clipped.</summary>
    internal static double Similarity(List<double[]> clean, List<double[]> processed, int start, int band)
    {
        Span<double> x = stackalloc double[SegmentFrames];
        Span<double> y = stackalloc double[SegmentFrames];
        double energyX = 0;
        double energyY = 0;
        for (int i = 0; i < SegmentFrames; i++)
        {
            x[i] = clean[start + i][band];
            y[i] = processed[start + i][band];
            energyX += x[i] * x[i];
            energyY += y[i] * y[i];
        }

        double gain = energyY > 0 ? Math.Sqrt(energyX / energyY) : 0;
        for (int i = 0; i < SegmentFrames; i++)
            y[i] = Math.Min(gain * y[i], Clip * x[i]);
        return Correlation(x, y);
    }

    // 0 where one of them does not move at all.
    private static double Correlation(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            meanX += x[i] / x.Length;
            meanY += y[i] / x.Length;
        }

        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
