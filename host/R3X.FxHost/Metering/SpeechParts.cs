using System;

namespace R3X.FxHost.Metering;

/// <summary>
/// Takes silence out of speech before it is judged, so that pauses do not count (Taal et al. 2011, section II): frames
/// of 256 samples, half overlapping, of which the clean ones too far below the loudest are dropped and the others put
/// together again.
/// </summary>
internal static class SpeechParts
{
    /// <summary>Samples of a frame at 10 kHz.</summary>
    public const int FrameLength = 256;

    /// <summary>Samples from one frame to the next.</summary>
    public const int Hop = 128;

    /// <summary>Hann's window without the zeros at its ends, as the authors use it.</summary>
    public static double[] Window { get; } = MakeWindow();

    /// <summary>Both signals without what is silent in the clean one.</summary>
    /// <param name="clean">The speech.</param>
    /// <param name="processed">As long as the speech.</param>
    /// <param name="range">Decibels below the loudest frame at which silence begins.</param>
    public static (float[] Clean, float[] Processed) Keep(float[] clean, float[] processed, double range)
    {
        int frames = clean.Length < FrameLength ? 0 : ((clean.Length - FrameLength) / Hop) + 1;
        var energies = new double[frames];
        double loudest = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            for (int i = 0; i < FrameLength; i++)
                energies[frame] += Math.Pow(clean[(frame * Hop) + i] * Window[i], 2);
            loudest = Math.Max(loudest, energies[frame]);
        }

        double least = loudest * Math.Pow(10, -range / 10);
        var keptClean = new float[clean.Length];
        var keptProcessed = new float[clean.Length];
        int kept = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            if (energies[frame] <= least)
                continue;
            for (int i = 0; i < FrameLength; i++)
            {
                keptClean[(kept * Hop) + i] += (float)(clean[(frame * Hop) + i] * Window[i]);
                keptProcessed[(kept * Hop) + i] += (float)(processed[(frame * Hop) + i] * Window[i]);
            }

            kept++;
        }

        int length = kept == 0 ? 0 : ((kept - 1) * Hop) + FrameLength;
        return (keptClean[..length], keptProcessed[..length]);
    }

    private static double[] MakeWindow()
    {
        var window = new double[FrameLength];
        for (int i = 0; i < FrameLength; i++)
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 1) / (FrameLength + 1)));
        return window;
    }
}
