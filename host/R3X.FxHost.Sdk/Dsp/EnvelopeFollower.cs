using System;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// The smooth decoupled peak detector of D. Giannoulis, M. Massberg and J. Reiss, "Digital Dynamic Range Compressor
/// Design" (JAES 2012), eq. 17: a peak holder that falls with the release, smoothed by the attack. So an attack goes 63
/// % of the way in exactly its time constant, and the release follows without a corner. Audio thread.
/// </summary>
public sealed class EnvelopeFollower
{
    private readonly double _sampleRate;
    private readonly float[] _pending = new float[EnvelopeScan.Frames];
    private readonly float[] _part = new float[EnvelopeScan.Frames];
    private readonly EnvelopeScan _scan = new();
    private Ramp _attack;
    private Ramp _release;
    private double _peak;
    private double _level;
    private int _filled;

    /// <summary>A follower at rest, at 0.</summary>
    /// <param name="sampleRate">Frames per second.</param>
    public EnvelopeFollower(double sampleRate) => _sampleRate = sampleRate;

    /// <summary>Whether a time constant is on its way.</summary>
    public bool IsMoving => _attack.IsMoving || _release.IsMoving;

    /// <summary>Sets both time constants at once.</summary>
    /// <param name="attackMilliseconds">Time to rise by 63 %, above 0.</param>
    /// <param name="releaseMilliseconds">Time to fall by 63 %, above 0.</param>
    public void JumpTo(double attackMilliseconds, double releaseMilliseconds)
    {
        LeaveCell();
        _attack.JumpTo(TimeConstant.Keep(attackMilliseconds, _sampleRate));
        _release.JumpTo(TimeConstant.Keep(releaseMilliseconds, _sampleRate));
    }

    /// <summary>Starts towards new time constants.</summary>
    /// <param name="attackMilliseconds">Time to rise by 63 %, above 0.</param>
    /// <param name="releaseMilliseconds">Time to fall by 63 %, above 0.</param>
    public void RampTo(double attackMilliseconds, double releaseMilliseconds)
    {
        LeaveCell();
        _attack.RampTo(TimeConstant.Keep(attackMilliseconds, _sampleRate));
        _release.RampTo(TimeConstant.Keep(releaseMilliseconds, _sampleRate));
    }

    /// <summary>Follows values that are 0 or more, in place.</summary>
    /// <param name="values">In: what to follow, such as decibels of reduction. Out: the envelope.</param>
    public void Process(Span<float> values)
    {
        for (; values.Length > 0 && IsMoving; values = values[1..])
            values[0] = Next(values[0], _attack.Next(), _release.Next());
        _scan.Keep(_attack.Value, _release.Value);
        while (values.Length > 0)
        {
            int cells = _filled == 0 ? values.Length / EnvelopeScan.Frames : 0;
            int done = cells * EnvelopeScan.Frames;
            if (cells > 0)
                _scan.Run(values, values, cells, ref _peak, ref _level);
            else
                done = Part(values);
            values = values[done..];
        }
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush()
    {
        _peak = Denormal.Flush(_peak);
        _level = Denormal.Flush(_level);
    }

    /// <summary>Forgets what was heard, not the time constants.</summary>
    public void Clear()
    {
        _filled = 0;
        _peak = 0;
        _level = 0;
    }

    // A cell's beginning is computed again with what has come since, so that every value is the same however the line
    // is cut.
    private int Part(Span<float> values)
    {
        int take = Math.Min(values.Length, EnvelopeScan.Frames - _filled);
        values[..take].CopyTo(_pending.AsSpan(_filled));
        double peak = _peak, level = _level;
        _scan.Run(_pending, _part, 1, ref peak, ref level);
        _part.AsSpan(_filled, take).CopyTo(values);
        _filled += take;
        if (_filled == EnvelopeScan.Frames)
        {
            _filled = 0;
            (_peak, _level) = (peak, level);
        }

        return take;
    }

    private void LeaveCell()
    {
        for (int i = 0; i < _filled; i++)
            Next(_pending[i], _attack.Value, _release.Value);
        _filled = 0;
    }

    private float Next(double x, double attack, double release)
    {
        _peak = Math.Max(x, (release * _peak) + ((1 - release) * x));
        _level = (attack * _level) + ((1 - attack) * _peak);
        return (float)_level;
    }
}
