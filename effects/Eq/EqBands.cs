using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using static R3X.FxHost.Effects.EqSettings;

namespace R3X.FxHost.Effects;

/// <summary>The five filters in a row. Those that change nothing cost nothing.</summary>
internal sealed class EqBands
{
    // Above its lowest setting, where it is off, the high-pass fades in up to this frequency: a voice below it has
    // nothing to lose, and a movement that ends there makes no click.
    private const double FullHighPass = 25;

    private readonly double _sampleRate;
    private readonly StateVariableFilter[] _filters;
    private readonly EqBand[] _bands;

    public EqBands(AudioFormat format)
    {
        _sampleRate = format.SampleRate;
        StateVariableFilter first = new(format.Channels, sections: 2);
        StateVariableFilter shelves = new(format.Channels, sections: 2);
        StateVariableFilter last = new(format.Channels);
        _filters = [first, shelves, last];
        _bands =
        [
            new(first, 0, [HighPass], HighPassShare, (f, _) => MatchedFilters.HighPass(f, MatchedFilters.ButterworthQ)),
            new(first, 1, [Presence, PresenceGain, PresenceWidth], s => s[PresenceGain] == 0 ? 0 : 1,
                (f, s) => MatchedFilters.Peak(f, MatchedFilters.QFromOctaves(s[PresenceWidth]), s[PresenceGain])),
            new(shelves, 0, [LowShelf, LowShelfGain], s => s[LowShelfGain] == 0 ? 0 : 1,
                (f, s) => MatchedShelves.Low(f, s[LowShelfGain])),
            new(shelves, 1, [HighShelf, HighShelfGain], s => s[HighShelfGain] == 0 ? 0 : 1,
                (f, s) => MatchedShelves.High(f, s[HighShelfGain])),
            new(last, 0, [LowPass], s => s[LowPass] >= LowPass.Maximum ? 0 : 1,
                (f, _) => MatchedFilters.LowPass(f, MatchedFilters.ButterworthQ)),
        ];
    }

    // Flat at both ends.
    private static double HighPassShare(EqSettings settings)
    {
        double way = Math.Clamp((settings[HighPass] - HighPass.Minimum) / (FullHighPass - HighPass.Minimum), 0, 1);
        return way * way * (3 - (2 * way));
    }

    public bool AreMoving
    {
        get
        {
            foreach (var filter in _filters)
            {
                if (filter.IsMoving)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Frames until what rings has decayed.</summary>
    public int TailFrames(EqSettings settings) => _bands.Sum(band => band.TailFrames(settings, _sampleRate));

    /// <summary>What the line cannot carry.</summary>
    public IEnumerable<string> Notes(EqSettings settings) => _bands.Select(band => band.Note(settings, _sampleRate)).OfType<string>();

    /// <summary>Begins a line.</summary>
    public void Start(EqSettings settings)
    {
        foreach (var filter in _filters)
            filter.Clear();
        foreach (var band in _bands)
            band.JumpTo(settings, _sampleRate);
    }

    /// <summary>Starts towards what a changed setting means.</summary>
    public void Follow(Parameter changed, EqSettings settings)
    {
        foreach (var band in _bands)
        {
            if (band.DependsOn(changed))
                band.RampTo(settings, _sampleRate);
        }
    }

    /// <summary>Filters in place.</summary>
    public void Process(AudioBlock block)
    {
        foreach (var filter in _filters)
            filter.Process(block);
    }

    /// <summary>Takes state that has decayed to 0.</summary>
    public void Flush()
    {
        foreach (var filter in _filters)
            filter.Flush();
    }
}
