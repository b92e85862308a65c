using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering;

/// <summary>
/// The gated loudness (ITU-R BS.1770-4) of the last 30 seconds of a stream, ready every 100 ms. It does not depend on
/// how the stream was cut. Audio thread; allocates only when made.
/// </summary>
internal sealed class RecentLoudness
{
    private const int Hops = 300;
    private const int HopsPerSecond = 10;
    private const double RelativeGate = 0.1;

    // What came when the gain in front differed by more than this, in dB, says nothing of what comes now.
    private const double SameGain = 1.5;

    private readonly double[] _energies = new double[Hops];
    private readonly double[] _gains = new double[Hops];
    private readonly LoudnessMeter _meter;
    private long _hops;
    private int _kept;
    private int _next;

    /// <summary>Makes a meter.</summary>
    /// <param name="format">Any rate and number of channels.</param>
    public RecentLoudness(AudioFormat format) => _meter = new LoudnessMeter(format, withRange: false);

    /// <summary>Gated loudness of the last 30 s in LUFS; negative infinity while there is none.</summary>
    public double Loudness { get; private set; } = double.NegativeInfinity;

    /// <summary>Blocks of 400 ms, one every 100 ms, that <see cref="Loudness"/> rests on.</summary>
    public int Blocks { get; private set; }

    /// <summary>Gated loudness of everything since the stream began, in LUFS; null while there is none.</summary>
    public double? Whole => _meter.LoudBlocks > 0 ? _meter.Integrated : null;

    /// <summary>Measures the next frames.</summary>
    /// <param name="block">At most 10 ms.</param>
    /// <param name="gainDb">The gain under which they came: frames that came under quite another one count no
    /// longer.</param>
    public void Hear(AudioBlock block, double gainDb = 0)
    {
        _meter.Process(block);
        if (_meter.Frames * HopsPerSecond < (_hops + 1) * _meter.Format.SampleRate)
            return;
        _hops++;
        if (_meter.Momentary > LoudnessHistogram.AbsoluteGate)
            Keep(Metering.Loudness.ToEnergy(_meter.Momentary), gainDb);
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _meter.Reset();
        _hops = 0;
        _kept = 0;
        _next = 0;
        Blocks = 0;
        Loudness = double.NegativeInfinity;
    }

    private void Keep(double energy, double gainDb)
    {
        _energies[_next] = energy;
        _gains[_next] = gainDb;
        _next = (_next + 1) % Hops;
        _kept = Math.Min(_kept + 1, Hops);
        (double all, _) = Mean(0, gainDb);
        (double loud, Blocks) = Mean(all * RelativeGate, gainDb);
        Loudness = Metering.Loudness.OfEnergy(loud);
    }

    private (double Energy, int Count) Mean(double gate, double gainDb)
    {
        double energy = 0;
        int count = 0;
        for (int i = 0; i < _kept; i++)
        {
            if (_energies[i] <= gate || Math.Abs(_gains[i] - gainDb) > SameGain)
                continue;
            energy += _energies[i];
            count++;
        }

        return (count == 0 ? 0 : energy / count, count);
    }
}
