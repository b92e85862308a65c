using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Buzz and hiss, both with a flat spectrum of power 1 per Hz, so that the bands treat both alike. The buzz is a
/// train of band-limited pulses (a windowed sinc laid down at each pulse's own place between two samples), which has
/// the harmonics of a sawtooth without its slope.
/// </summary>
internal sealed class CarrierSource
{
    private const int HalfWidth = 8;
    private const int Places = 256;
    private const int Taps = 2 * HalfWidth;

    private static readonly float[] Pulse = MakePulse();

    private readonly double _sampleRate;
    private readonly ulong _seed;
    private readonly float _hissLevel;
    private readonly float[] _ahead = new float[Taps];
    private Ramp _pitch;
    private double _phase;
    private ulong _random;
    private int _at;

    public CarrierSource(double sampleRate, ulong seed)
    {
        _sampleRate = sampleRate;
        _seed = seed;

        // Uniform noise of variance sampleRate / 2.
        _hissLevel = (float)(Math.Sqrt(3 * sampleRate / 2) / (1L << 31));
    }

    /// <summary>Changes to a pitch in Hz, at once or by a ramp.</summary>
    public void MoveTo(double pitch, bool atOnce) => _pitch.MoveTo(pitch, atOnce);

    /// <summary>Begins again.</summary>
    public void Clear()
    {
        _phase = 0;
        _at = 0;
        _random = (_seed * 0x9E3779B97F4A7C15) + 0xD1B54A32D192ED03;
        Array.Clear(_ahead);
    }

    /// <summary>The next sample.</summary>
    /// <param name="hiss">Share of hiss in the power, 0 to 1.</param>
    public float Next(float hiss)
    {
        double pitch = _pitch.Next();
        if (hiss > 0.98f)
        {
            // The buzz is inaudible: its next pulse waits for the next vowel.
            _phase = 1;
        }
        else
        {
            double step = pitch / _sampleRate;
            _phase += step;
            if (_phase >= 1)
            {
                _phase = Math.Min(_phase - 1, step);
                AddPulse(_phase / step, _sampleRate / Math.Sqrt(2 * pitch));
            }
        }

        // Knuth's MMIX generator, whose upper half is random enough to be heard.
        _random = (_random * 6364136223846793005) + 1442695040888963407;
        float noise = (int)(_random >> 32) * _hissLevel;
        float buzz = _ahead[_at];
        _ahead[_at] = 0;
        _at = (_at + 1) % Taps;
        return (MathF.Sqrt(1 - hiss) * buzz) + (MathF.Sqrt(hiss) * noise);
    }

    private void AddPulse(double place, double area)
    {
        int row = (int)(place * Places) * Taps;
        float level = (float)area;
        for (int i = 0; i < Taps; i++)
            _ahead[(_at + i) % Taps] += level * Pulse[row + i];
    }

    // Rows: a sinc under a Blackman window, its middle at HalfWidth - place.
    private static float[] MakePulse()
    {
        var table = new float[(Places + 1) * Taps];
        for (int place = 0; place <= Places; place++)
        {
            for (int i = 0; i < Taps; i++)
            {
                double x = i - HalfWidth + ((double)place / Places);
                double window = Math.Abs(x) >= HalfWidth
                    ? 0
                    : 0.42 + (0.5 * Math.Cos(Math.PI * x / HalfWidth)) + (0.08 * Math.Cos(2 * Math.PI * x / HalfWidth));
                table[(place * Taps) + i] = (float)(window * (x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x)));
            }
        }

        return table;
    }
}
