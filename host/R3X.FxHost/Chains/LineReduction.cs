using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>By how much an effect has turned a line down so far, from what it says after every block.</summary>
internal sealed class LineReduction
{
    private double _most;
    private double _sum;
    private long _frames;
    private double _lately;

    /// <summary>Of all blocks added.</summary>
    public GainReduction Reading => new(_most, _frames == 0 ? 0 : _sum / _frames);

    /// <summary>Adds a block. What no meter can show is left out.</summary>
    public void Add(GainReduction block, int frames)
    {
        if (!double.IsFinite(block.Most) || !double.IsFinite(block.Mean))
            return;
        _most = Math.Max(_most, block.Most);
        _lately = Math.Max(_lately, block.Most);
        _sum += block.Mean * frames;
        _frames += frames;
    }

    /// <summary>The most since this was asked last, in dB.</summary>
    public double TakeLately()
    {
        double lately = _lately;
        _lately = 0;
        return lately;
    }

    /// <summary>Starts a line.</summary>
    public void Reset() => (_most, _sum, _frames, _lately) = (0, 0, 0, 0);
}
