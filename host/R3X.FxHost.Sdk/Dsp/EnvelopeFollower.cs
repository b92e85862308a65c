using System;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// The smooth decoupled peak detector of D. Giannoulis, M. Massberg and J. Reiss, "Digital Dynamic Range Compressor Design"
/// (JAES 2012), eq. 17: a peak holder that falls with the release, smoothed by the attack. So an attack goes 63 % of the
/// way in exactly its time constant, and the release follows without a corner. Audio thread.
/// </summary>
public sealed class EnvelopeFollower
{
    private readonly double _sampleRate;
    private Ramp _attack;
    private Ramp _release;
    private double _peak;
    private double _level;

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
        _attack.JumpTo(TimeConstant.Keep(attackMilliseconds, _sampleRate));
        _release.JumpTo(TimeConstant.Keep(releaseMilliseconds, _sampleRate));
    }

    /// <summary>Starts towards new time constants.</summary>
    /// <param name="attackMilliseconds">Time to rise by 63 %, above 0.</param>
    /// <param name="releaseMilliseconds">Time to fall by 63 %, above 0.</param>
    public void RampTo(double attackMilliseconds, double releaseMilliseconds)
    {
        _attack.RampTo(TimeConstant.Keep(attackMilliseconds, _sampleRate));
        _release.RampTo(TimeConstant.Keep(releaseMilliseconds, _sampleRate));
    }

    /// <summary>Follows values that are 0 or more, in place.</summary>
    /// <param name="values">In: what to follow, such as decibels of reduction. Out: the envelope.</param>
    public void Process(Span<float> values)
    {
        double peak = _peak, level = _level;
        int i = 0;
        for (; i < values.Length && IsMoving; i++)
            values[i] = Next(values[i], _attack.Next(), _release.Next(), ref peak, ref level);
        double attack = _attack.Value, release = _release.Value;
        for (; i < values.Length; i++)
            values[i] = Next(values[i], attack, release, ref peak, ref level);
        _peak = peak;
        _level = level;
    }

    /// <summary>Takes state that has decayed to 0.</summary>
    public void Flush()
    {
        _peak = Denormal.Flush(_peak);
        _level = Denormal.Flush(_level);
    }

    /// <summary>Forgets what was heard, not the time constants.</summary>
    public void Clear()
    {
        _peak = 0;
        _level = 0;
    }

    // x + keep (old - x) would be one product less, but two steps more from the old value to the new.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Next(double x, double attack, double release, ref double peak, ref double level)
    {
        double falling = (release * peak) + ((1 - release) * x);
        peak = falling > x ? falling : x;
        level = (attack * level) + ((1 - attack) * peak);
        return (float)level;
    }
}
