using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Effects;

/// <summary>
/// Tracks the pitch of a voice: whether it is voiced, its period, and one mark in every period where its energy lies.
/// Works at about 11 kHz, which is enough for the pitch. Its state depends on no more than the current voiced stretch
/// and 31 ms before it.
/// </summary>
internal sealed class PitchTracker
{
    private const double LowestPitch = 65;
    private const double HighestPitch = 600;
    private const double LookMilliseconds = 4;

    // A voice begins when it is this periodic and ends when it is less than that.
    private const double ClearEnough = 0.65;
    private const double NoLongerClear = 0.5;

    private readonly int _divisor;
    private readonly int _lookEvery;
    private readonly int _latency;
    private readonly Periodicity _periodicity;
    private readonly SampleHistory _sound;
    private readonly float[] _recent;
    private readonly float[] _weights;
    private readonly PitchMark[] _marks = new PitchMark[64];
    private int _recentCount;
    private double _period;
    private long _lookIndex;

    /// <param name="format">The line's format.</param>
    /// <param name="latencyFrames">How much later than the input the output is.</param>
    public PitchTracker(AudioFormat format, int latencyFrames)
    {
        _divisor = Math.Max(1, format.SampleRate / 10_000);
        double rate = (double)format.SampleRate / _divisor;
        _latency = latencyFrames / _divisor;
        _lookEvery = format.Frames(LookMilliseconds);
        int longest = (int)Math.Ceiling(rate / LowestPitch);
        _periodicity = new Periodicity((int)(rate / HighestPitch), longest);
        _sound = new SampleHistory(5 * longest, 1);

        // A triangle as wide as two of the slower samples keeps most of what is above them out.
        _recent = new float[(2 * _divisor) - 1];
        _weights = new float[_recent.Length];
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = (float)(_divisor - Math.Abs(i - (_divisor - 1))) / (_divisor * _divisor);
        LongestPeriod = longest * _divisor;
    }

    /// <summary>The longest period in frames.</summary>
    public int LongestPeriod { get; }

    /// <summary>Whether a voice sounds.</summary>
    public bool IsVoiced { get; private set; }

    /// <summary>Number of marks in this voiced stretch.</summary>
    public int MarkCount { get; private set; }

    /// <summary>Place and period of a mark, in frames; the 64 newest are kept.</summary>
    /// <param name="index">0 to <see cref="MarkCount"/> - 1.</param>
    public PitchMark this[int index]
    {
        get
        {
            var mark = _marks[index % _marks.Length];
            return new PitchMark(mark.Place * _divisor, mark.Period * _divisor);
        }
    }

    /// <summary>The oldest mark that is kept.</summary>
    public int FirstMark => Math.Max(0, MarkCount - _marks.Length);

    /// <summary>Adds samples.</summary>
    public void Append(ReadOnlySpan<float> sound)
    {
        foreach (float sample in sound)
        {
            _recent[_divisor - 1 + _recentCount] = sample;
            if (++_recentCount < _divisor)
                continue;

            // The newest sample of a group completes the triangle around its first.
            _recentCount = 0;
            _sound.Append([Periodicity.Dot(_recent, _weights)]);
            _recent.AsSpan(_divisor).CopyTo(_recent);
        }
    }

    /// <summary>
    /// Analyses what has arrived. To be called often, at places that do not depend on how the line is cut.
    /// </summary>
    /// <param name="now">Frames heard so far.</param>
    public void Update(long now)
    {
        long look = now / _lookEvery;
        if (look != _lookIndex)
        {
            _lookIndex = look;
            FindPeriod();
        }

        if (IsVoiced)
            Extend();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_recent);
        _recentCount = 0;
        _sound.Clear();
        _lookIndex = 0;
        IsVoiced = false;
        MarkCount = 0;
        _period = 0;
    }

    private void FindPeriod()
    {
        _periodicity.Find(_sound.Span(_sound.End - _periodicity.Frames, _periodicity.Frames), IsVoiced ? _period : 0);
        bool wasVoiced = IsVoiced;
        IsVoiced = _periodicity.Clarity >= (wasVoiced ? NoLongerClear : ClearEnough);
        if (!IsVoiced)
            return;
        _period = _periodicity.Period;
        if (!wasVoiced)
            Begin();
    }

    // The first mark lies where the output will soon be, and where there is energy.
    private void Begin()
    {
        double place = Math.Min(_sound.End - _latency + _period, _sound.End - 1 - (_period / 2));
        place += Centre(place);
        if (place > _sound.End - 1 - (_period / 4))
            place -= _period;
        MarkCount = 1;
        _marks[0] = new PitchMark(place, _period);
    }

    private void Extend()
    {
        for (; ; )
        {
            var last = _marks[(MarkCount - 1) % _marks.Length];
            if (last.Place + (1.35 * _period) + 2 >= _sound.End)
                return;
            double period = Step(last.Place);
            double pull = Math.Clamp(0.15 * Centre(last.Place), -0.02 * period, 0.02 * period);
            _marks[MarkCount % _marks.Length] = new PitchMark(last.Place + period + pull, period);
            MarkCount++;
        }
    }

    // How far on the sound looks most like it does around a place.
    private double Step(double place)
    {
        int length = Math.Max(4, (int)_period);
        long here = (long)Math.Round(place) - (length * 3 / 4);
        int least = (int)(0.92 * _period) - 1;
        int most = (int)Math.Ceiling(1.08 * _period) + 1;
        var sound = _sound.Span(here, length + most);
        var now = sound[..length];
        Span<double> likeness = stackalloc double[most - least + 1];
        int best = 0;
        for (int i = 0; i < likeness.Length; i++)
        {
            var then = sound.Slice(least + i, length);
            likeness[i] = Periodicity.Dot(now, then) / Math.Sqrt(Periodicity.Dot(then, then) + 1e-20);
            if (likeness[i] > likeness[best])
                best = i;
        }

        return best == 0 || best == likeness.Length - 1
            ? _period
            : least + best + Periodicity.Vertex(likeness[best - 1], likeness[best], likeness[best + 1]);
    }

    // How far from a place, within half a period, the middle of the energy is: the angle of energy laid round a circle.
    private double Centre(double place)
    {
        int length = Math.Max(4, (int)Math.Round(_period));
        long start = (long)Math.Round(place) - (length / 2);
        var sound = _sound.Span(start, length);
        double x = 0;
        double y = 0;
        for (int i = 0; i < length; i++)
        {
            double angle = 2 * Math.PI * (start + i - place) / length;
            double energy = (double)sound[i] * sound[i];
            x += energy * Math.Cos(angle);
            y += energy * Math.Sin(angle);
        }

        return x == 0 && y == 0 ? 0 : Math.Atan2(y, x) / (2 * Math.PI) * length;
    }
}
