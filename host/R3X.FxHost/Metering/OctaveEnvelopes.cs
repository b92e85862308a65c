using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering;

/// <summary>How loud each third-octave band of speech at 10 kHz is from frame to frame (Taal et al. 2011, section
/// II).</summary>
internal static class OctaveEnvelopes
{
    /// <summary>Bands, the lowest centred at 150 Hz, the highest at 3.8 kHz.</summary>
    public const int Bands = 15;

    private const double LowestCentre = 150;
    private const int TransformSize = 512;
    private const double Rate = 10_000;

    /// <summary>For each frame, the magnitude in each band.</summary>
    public static List<double[]> Of(float[] speech)
    {
        var frames = new Frames(SpeechParts.Window, TransformSize);
        var envelopes = new List<double[]>();
        for (int start = 0; start + SpeechParts.FrameLength <= speech.Length; start += SpeechParts.Hop)
        {
            frames.LookAt(speech, start);
            var magnitudes = new double[Bands];
            for (int band = 0; band < Bands; band++)
            {
                var (first, end) = BinsOf(band);
                double power = 0;
                for (int bin = first; bin < end; bin++)
                    power += frames.Power[bin];
                magnitudes[band] = Math.Sqrt(power);
            }

            envelopes.Add(magnitudes);
        }

        return envelopes;
    }

    /// <summary>The transform's bins from the one nearest to a band's lower edge up to, without it, the one nearest to
    /// its upper edge.</summary>
    public static (int First, int End) BinsOf(int band)
    {
        double centre = LowestCentre * Math.Pow(2, band / 3.0);
        return (Nearest(centre / Math.Pow(2, 1 / 6.0)), Nearest(centre * Math.Pow(2, 1 / 6.0)));
    }

    private static int Nearest(double frequency) =>
        (int)Math.Round(frequency * TransformSize / Rate, MidpointRounding.AwayFromZero);
}
