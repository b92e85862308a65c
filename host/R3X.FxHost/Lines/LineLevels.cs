using System;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>Tells how loud a line is while it is written. One thread at a time.</summary>
/// <param name="tell">Who is told.</param>
/// <param name="mood">The mood that lights show; null for none.</param>
internal sealed class LineLevels(Action<SpeechLevel> tell, string? mood)
{
    private SpeechMeter? _meter;
    private LevelMark _mark = LevelMark.First;
    private long _frames;

    /// <summary>A line begins.</summary>
    public void Open(AudioFormat format) => _meter = new SpeechMeter(format);

    /// <summary>Measures what is written.</summary>
    public void Measure(AudioBlock block)
    {
        _frames += block.Frames;
        while (_meter!.Measure(ref block, out SpeechLevel level))
            Tell(level);
    }

    /// <summary>It has ended: what is left of it, and the silence behind it.</summary>
    public void Complete()
    {
        if (_meter!.Finish(out SpeechLevel rest))
            Tell(rest);
        tell(new SpeechLevel(_frames, 0, _meter.Format.SampleRate, 0, 0, default) { Mark = LevelMark.Silence });
    }

    private void Tell(SpeechLevel level)
    {
        tell(level with { Mark = _mark, Mood = mood });
        _mark = LevelMark.Within;
    }
}
