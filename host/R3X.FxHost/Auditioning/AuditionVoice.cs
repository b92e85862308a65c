using System;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Lines;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Auditioning;

/// <summary>The line through one of the chains that are compared.</summary>
/// <param name="line">The line.</param>
/// <param name="choice">What the chain was made of.</param>
/// <param name="chain">The chain.</param>
internal sealed class AuditionVoice(LoopedLine line, LineChain choice, Chain chain)
{
    // To 63 % of a change: slow enough not to click, quick enough to be there when one listens to it.
    private const double GainMilliseconds = 30;

    private readonly double _step = 1 - Math.Exp(-1000.0 / (GainMilliseconds * line.Format.SampleRate));
    private readonly AudioBuffer _out = new(line.Format.Channels, ChainSetup.MaxBlockFrames);
    private LineChain _choice = choice;
    private double _gain = 1;
    private double _gainDb;

    /// <summary>The line, through the chain that can be exchanged.</summary>
    public ChainCrossfader Line { get; } = new(line.Frames, chain);

    /// <summary>What the newest chain was made of. Any thread.</summary>
    public LineChain Choice
    {
        get => Volatile.Read(ref _choice);
        set => Volatile.Write(ref _choice, value);
    }

    /// <summary>The gains the newest chain began with.</summary>
    public StartingGains Gains { get; set; } = choice.Gains ?? StartingGains.None;

    /// <summary>Whether they are those that were found for its chain, not those of the one before it. The preparing
    /// thread.</summary>
    public bool HasOwnGains { get; set; } = true;

    /// <summary>A round through the newest chain; null until it was measured. The preparing thread.</summary>
    public MeasuredLoop? Measured { get; set; }

    /// <summary>What brings it to the loudness of the others, in dB. Any thread.</summary>
    public double GainDb
    {
        get => Volatile.Read(ref _gainDb);
        set => Volatile.Write(ref _gainDb, value);
    }

    /// <summary>What <see cref="Read"/> gave, in front of the gain.</summary>
    public AudioBuffer Out => _out;

    /// <summary>Reads the next frames. The reading thread.</summary>
    public void Read(int frames) => Line.Read(_out.Block(frames));

    /// <summary>The gain of the next frame.</summary>
    /// <param name="target">Where it goes.</param>
    public float NextGain(double target)
    {
        _gain += _step * (target - _gain);
        if (Math.Abs(target - _gain) < 1e-7)
            _gain = target;
        return (float)_gain;
    }

    /// <summary>The gain is where it goes.</summary>
    public void SettleGain() => _gain = Math.Pow(10, GainDb / 20);
}
