using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Adds up the periods of a voice at another distance, and so at another pitch: pitch-synchronous overlap and add (E.
/// Moulines and F. Charpentier, Speech Communication 1990). Each period keeps its own spectrum, and so the formants,
/// unless it is read faster or slower (K. Lent, "An Efficient Method for Pitch Shifting Digitally Sampled Sounds",
/// 1989).
/// </summary>
internal sealed class VoicedPart
{
    private readonly PitchTracker _tracker;
    private readonly int _latency;
    private readonly Grain[] _grains = new Grain[24];
    private int _count;
    private bool _isRunning;
    private double _next;
    private double _fadeFrom;
    private double _fadeStep;
    private double _fade;

    /// <param name="tracker">Finds the periods.</param>
    /// <param name="latencyFrames">How much later than the input the output is.</param>
    public VoicedPart(PitchTracker tracker, int latencyFrames)
    {
        _tracker = tracker;
        _latency = latencyFrames;
    }

    /// <summary>Plans all periods that begin before a place.</summary>
    /// <param name="start">Place in the output from which on it is still open.</param>
    /// <param name="end">The place.</param>
    /// <param name="pitch">Factor of the pitch, 1/2 to 2.</param>
    /// <param name="formants">Factor of the formants, 1/2 to 2.</param>
    public void Plan(long start, long end, double pitch, double formants)
    {
        Forget(start);
        if (!_tracker.IsVoiced)
        {
            if (_isRunning)
                Stop(start);
            return;
        }

        if (!_isRunning)
            Run(start, formants);
        for (; ; )
        {
            var near = MarkFor(_next, double.MaxValue);
            double half = HalfLength(near.Period, formants);
            if (_next - half >= end)
                return;

            // No sample may be asked for before it has arrived.
            double latest = _next + _latency - (SincTable.Taps / 2) - 1 - (half * Math.Abs(1 - formants));
            var mark = MarkFor(_next, latest);
            if (_count < _grains.Length && mark.Place <= latest)
                _grains[_count++] = new Grain(_next, mark.Place, formants, half, Math.Sqrt(formants / pitch));
            _next += near.Period / pitch;
        }
    }

    /// <summary>Plays a stretch of one channel.</summary>
    /// <param name="output">Written over.</param>
    /// <param name="start">The place of its first sample.</param>
    /// <param name="input">The channel.</param>
    public void Play(Span<float> output, long start, SampleHistory input)
    {
        output.Clear();
        for (int i = 0; i < _count; i++)
            _grains[i].AddTo(output, input, start);
    }

    /// <summary>Moves on by a frame.</summary>
    /// <param name="place">Its place in the output.</param>
    /// <returns>Share of the frame that periods fill, 0 to 1; the rest is for sounds without any.</returns>
    public float Share(long place)
    {
        if (place >= _fadeFrom)
            _fade = Math.Clamp(_fade + _fadeStep, 0, 1);
        return (float)_fade;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _count = 0;
        _isRunning = false;
        _fade = 0;
        _fadeStep = 0;
        _fadeFrom = 0;
    }

    // A period read faster is shorter; one read slower would overlap its neighbours too far.
    private static double HalfLength(double period, double formants) => period / Math.Max(1, formants);

    private void Run(long start, double formants)
    {
        _isRunning = true;
        int index = 0;
        while (index + 1 < _tracker.MarkCount && _tracker[index].Place - _tracker[index].Period < start)
            index++;
        var first = _tracker[index];
        double half = HalfLength(first.Period, formants);
        _next = first.Place;
        FadeFrom(Math.Max(start, _next - half), 1 / half);
    }

    private void Stop(long start)
    {
        _isRunning = false;
        var last = _count > 0 ? _grains[_count - 1] : new Grain(start, start, 1, 1, 0);
        FadeFrom(Math.Max(start, last.Target), -1 / last.HalfLength);
    }

    private void FadeFrom(double place, double step)
    {
        _fadeFrom = place;
        _fadeStep = step;
    }

    // The nearest mark that is not too late; the earliest if all are.
    private PitchMark MarkFor(double place, double latest)
    {
        int index = _tracker.MarkCount - 1;
        var best = _tracker[index];
        while (--index >= _tracker.FirstMark)
        {
            var earlier = _tracker[index];
            if (best.Place <= latest && Math.Abs(best.Place - place) <= Math.Abs(earlier.Place - place))
                break;
            best = earlier;
        }

        return best;
    }

    private void Forget(long start)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!_grains[i].IsOver(start))
                _grains[kept++] = _grains[i];
        }

        _count = kept;
    }
}
