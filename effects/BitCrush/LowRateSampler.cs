using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel of sample-and-hold at a lower rate. It samples between frames where the lower rate wants it, and its
/// steps are laid between frames as well, smoothed by a triangle two frames wide (V. Välimäki and A. Huovilainen,
/// "Antialiasing Oscillators in Subtractive Synthesis", 2007): what is heard are the images of the lower rate, not the
/// jitter of hitting the wrong frame.
/// </summary>
internal sealed class LowRateSampler
{
    private readonly DelayLine _line = new(4);
    private readonly double _rate;
    private double _phase;
    private float _held;
    private float _next;

    /// <param name="rate">The lower rate as a fraction of the sample rate, at most 0.5.</param>
    public LowRateSampler(double rate)
    {
        _rate = rate;
        Clear();
    }

    /// <summary>Frames by which it is late: one to look between frames, one to smooth, half a step.</summary>
    public static double DelayFrames(double rate) => 2 + (0.5 / rate);

    /// <summary>Takes a sample at the full rate and returns one of the steps.</summary>
    public float Process(float sample, in Quantiser quantiser)
    {
        _line.Write(sample);
        float now = _next;
        _next = _held;
        _phase += _rate;
        if (_phase >= 1)
        {
            // How many frames ago the lower rate's clock ticked, 0 to 1.
            _phase -= 1;
            double age = _phase / _rate;
            float taken = quantiser.Round(_line.Read(1 + age));
            float height = taken - _held;
            float after = (float)age;
            now += height * (after * after * 0.5f);
            _next = taken - (height * ((1 - after) * (1 - after) * 0.5f));
            _held = taken;
        }

        return now;
    }

    /// <summary>Forgets everything; the first sample is taken at once.</summary>
    public void Clear()
    {
        _line.Clear();
        (_phase, _held, _next) = (1 - _rate, 0, 0);
    }
}
