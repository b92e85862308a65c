using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Weights for reading between samples: a sinc under a Kaiser window, sixteen wide, for 256 places between two samples.
/// Flat within 0.1 dB to 0.36 of the sample rate wherever the tap is, so that a moving tap does not make the top of the
/// voice flutter.
/// </summary>
internal static class SincTable
{
    /// <summary>
    /// Weights for a place, for the oldest sample first; the place lies behind the first half of them.
    /// </summary>
    public const int Taps = 16;

    /// <summary>Half the taps: the shortest delay in frames that can be read.</summary>
    public const int Reach = Taps / 2;

    /// <summary>Places between two samples.</summary>
    public const int Places = 256;

    private const double Beta = 8;

    /// <summary>
    /// A row of weights for each place and one more, each adding up to 1. The first row hits the older sample, the last
    /// the newer.
    /// </summary>
    public static float[] Weights { get; } = Build();

    private static float[] Build()
    {
        var weights = new float[(Places + 1) * Taps];
        var row = new double[Taps];
        for (int place = 0; place <= Places; place++)
        {
            double sum = 0;
            for (int i = 0; i < Taps; i++)
            {
                double x = i - (Reach - 1) - ((double)place / Places);
                row[i] = KaiserWindow.Sinc(x) * KaiserWindow.At(x / Reach, Beta);
                sum += row[i];
            }

            for (int i = 0; i < Taps; i++)
                weights[(place * Taps) + i] = (float)(row[i] / sum);
        }

        return weights;
    }
}
