using System.Collections.Generic;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Auditioning;

/// <summary>Meters of one stream. The reading thread.</summary>
internal sealed class AuditionMeter(AudioFormat format)
{
    private readonly LevelMeter _level = new(format.Channels);
    private readonly LoudnessMeter _running = new(format, withRange: false);
    private readonly LoudnessMeter _round = new(format, withRange: false);
    private readonly TruePeakMeter _peak = new(format.Channels);
    private readonly BandSpectrum _spectrum = new(format);

    /// <summary>The spectrum's bands now, in dBFS.</summary>
    public IReadOnlyList<double> Spectrum() => _spectrum.Read();

    /// <summary>Hears a block.</summary>
    public void Hear(AudioBlock block)
    {
        _level.Process(block);
        _running.Process(block);
        _round.Process(block);
        _peak.Process(block);
        _spectrum.Hear(block);
    }

    /// <summary>What was heard since it was asked last.</summary>
    public AuditionLevels Take()
    {
        var levels = new AuditionLevels(
            _level.Rms, _level.Peak, _running.Momentary, _running.ShortTerm, _round.Integrated, _peak.Level);
        _level.Reset();
        return levels;
    }

    /// <summary>The line begins anew.</summary>
    public void Restart()
    {
        _round.Reset();
        _peak.Reset();
    }
}
