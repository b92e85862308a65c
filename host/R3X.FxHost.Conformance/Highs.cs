using System;
using System.Linq;

namespace R3X.FxHost.Conformance;

/// <summary>How much of a sound lies where a low tone has nothing: clicks and zipper noise do.</summary>
internal static class Highs
{
    // Where highs begin, of the sample rate: 8 kHz at 44.1 kHz.
    private const double Begin = 0.18;

    /// <summary>Mean power of the highs of some samples, a power of two.</summary>
    public static double Power(ReadOnlySpan<float> samples)
    {
        var heard = samples.ToArray();
        int length = heard.Length;
        for (int i = 0; i < length; i++)
            heard[i] *= (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length)));
        return Signals.PowerSpectrum(heard).Skip((int)(Begin * length)).Sum() * 2 / ((double)length * length * 0.375);
    }

    /// <summary>A power as a level, for messages.</summary>
    public static string Level(double power) => string.Create(null, $"{10 * Math.Log10(power + 1e-20):0.0} dB");
}
