using System;

namespace R3X.FxHost.Metering;

/// <summary>Overlapping stretches of a sound under a window, and their power spectra. One thread at a time.</summary>
internal sealed class Frames
{
    private readonly double[] _window;
    private readonly double[] _samples;
    private readonly RealFft _transform;

    /// <param name="window">What each stretch is multiplied with.</param>
    /// <param name="size">Length of the transform, at least the window's; the rest is silence.</param>
    public Frames(double[] window, int size)
    {
        _window = window;
        _samples = new double[size];
        _transform = new RealFft(size);
        Power = new double[_transform.Bins];
    }

    /// <summary>The squared magnitudes of the stretch looked at last.</summary>
    public double[] Power { get; }

    /// <summary>Hann's window of a length as spectra use it: one period of it, the first value 0.</summary>
    public static double[] Hann(int length)
    {
        var window = new double[length];
        for (int i = 0; i < length; i++)
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length));
        return window;
    }

    /// <summary>Looks at the stretch that starts at a frame; what lies outside the sound is silence.</summary>
    /// <returns>The energy of the windowed samples.</returns>
    public double LookAt(ReadOnlySpan<float> sound, long start)
    {
        double energy = 0;
        for (int i = 0; i < _window.Length; i++)
        {
            long at = start + i;
            double sample = at >= 0 && at < sound.Length ? sound[(int)at] * _window[i] : 0;
            _samples[i] = sample;
            energy += sample * sample;
        }

        _transform.Power(_samples, Power);
        return energy;
    }
}
