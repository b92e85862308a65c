using System.Collections.Generic;
using System.Threading;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// Levels of what is heard, told when it is heard. The loudspeaker's thread measures what it mixes, in front of the
/// volume; the timeline's thread tells. Nothing is measured while nobody listens.
/// </summary>
/// <param name="timeline">Tells what is heard.</param>
/// <param name="milliseconds">How often there is a level.</param>
internal sealed class PlaybackMeter(DeviceTimeline timeline, double milliseconds) : ITimelineListener
{
    // More than any device holds: 20 s at the usual pace, 5 s at the fastest.
    private const int MostAhead = 1024;

    // A second at the usual pace.
    private const int MostBehind = 50;

    private const int Dropped = -1;

    private readonly SpeechEvents<SpeechLevel> _events = new(MostBehind);
    private readonly SpeechLevel[] _levels = new SpeechLevel[MostAhead];
    private readonly int[] _numbers = new int[MostAhead];

    // The loudspeaker's own.
    private SpeechMeter? _meter;
    private long _next = -1;
    private long _silentAt = -1;
    private long _lineAt = -1;
    private int _posted;

    // The timeline's own.
    private bool _isSilent = true;
    private bool _lineBegins;
    private string? _mood;

    /// <summary>Listens from now on, until the enumeration is left. A listener who is a second behind loses the
    /// oldest.</summary>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<SpeechLevel> Listen(CancellationToken cancellation) => _events.Listen(cancellation);

    /// <summary>Gets ready for a device. Loudspeaker's thread.</summary>
    /// <param name="format">The device's format.</param>
    public void Use(AudioFormat format)
    {
        if (_meter?.Format != format)
            _meter = new SpeechMeter(format, milliseconds);
    }

    /// <summary>A line will begin: levels are counted from its first frame on. Loudspeaker's thread.</summary>
    /// <param name="frame">The device's frame.</param>
    public void LineFrom(long frame) => _lineAt = frame;

    /// <summary>Measures what is to be heard. Loudspeaker's thread.</summary>
    /// <param name="block">It.</param>
    /// <param name="frame">The device's frame the first of it will be.</param>
    public void Measure(AudioBlock block, long frame)
    {
        if (!_events.HasListeners)
        {
            _next = -1;
            return;
        }

        if (frame != _next)
            _meter!.Restart(frame);
        // It comes in time after all.
        if (frame == _silentAt)
            Volatile.Write(ref _numbers[_posted % MostAhead], Dropped);
        _silentAt = -1;
        _next = frame + block.Frames;
        if (_lineAt >= frame && _lineAt < _next)
        {
            Measure(block.Slice(0, (int)(_lineAt - frame)));
            PostRest();
            block = block.Slice((int)(_lineAt - frame), (int)(_next - _lineAt));
        }

        Measure(block);
    }

    /// <summary>Says that there is nothing to be heard from a frame on, for now. Loudspeaker's thread.</summary>
    /// <param name="frame">The device's frame.</param>
    public void FallSilent(long frame)
    {
        if (frame == _silentAt || _meter is null || !_events.HasListeners)
            return;
        PostRest();
        Post(Silence(frame), frame);
        _silentAt = frame;
    }

    /// <summary>A line begins to be heard. Timeline's thread.</summary>
    /// <param name="mood">Its mood, if it has one.</param>
    public void LineBegins(string? mood) => (_lineBegins, _mood) = (true, mood);

    /// <inheritdoc/>
    public void Heard(int what, PlaybackMoment moment)
    {
        if (Volatile.Read(ref _numbers[what % MostAhead]) == what)
            Tell(_levels[what % MostAhead]);
    }

    /// <summary>Nothing more will be heard. When neither thread runs any more.</summary>
    public void Close()
    {
        Tell(Silence(_next));
        _events.Complete();
    }

    private SpeechLevel Silence(long frame) =>
        new(frame, 0, _meter?.Format.SampleRate ?? 0, 0, 0, default) { Mark = LevelMark.Silence };

    private void Measure(AudioBlock block)
    {
        while (_meter!.Measure(ref block, out SpeechLevel level))
            Post(level, level.Middle);
    }

    private void PostRest()
    {
        if (_meter!.Finish(out SpeechLevel rest))
            Post(rest, rest.Middle);
    }

    private void Post(SpeechLevel level, long frame)
    {
        _posted = (_posted + 1) & int.MaxValue;
        _levels[_posted % MostAhead] = level;
        Volatile.Write(ref _numbers[_posted % MostAhead], _posted);
        timeline.Post(new TimelineEntry(frame, this, _posted, IsSound: true));
    }

    private void Tell(SpeechLevel level)
    {
        bool isSilence = level.Mark == LevelMark.Silence;
        // Silence goes on until a line begins, or one that was paused goes on.
        if (_isSilent && (isSilence || (level.Peak == 0 && !_lineBegins)))
            return;
        if (!isSilence)
            level = level with { Mark = _isSilent || _lineBegins ? LevelMark.First : LevelMark.Within, Mood = _mood };
        (_isSilent, _lineBegins) = (isSilence, false);
        _events.Tell(level);
    }
}
