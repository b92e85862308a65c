using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Multiplies a sound by 1 + amount * (c - 1), c being a cosine from -1 to 1: a tremolo of full depth at an amount of a half, a
/// ring modulator without any of the plain sound at 1, where a tone turns into two of half its amplitude, the carrier's
/// frequency above and below it. At amount 0 the sound stays as it is, bit for bit. Audio thread.
/// </summary>
public sealed class AmplitudeModulation
{
    private readonly double _highest;
    private readonly Oscillator _oscillator;
    private Ramp _amount;

    /// <summary>A modulation by nothing.</summary>
    /// <param name="sampleRate">Frames per second.</param>
    public AmplitudeModulation(double sampleRate)
    {
        _highest = MatchedFilters.HighestFrequency * sampleRate;
        _oscillator = new Oscillator(sampleRate);
    }

    /// <summary>Whether frequency or amount are on their way.</summary>
    public bool IsMoving => _oscillator.IsMoving || _amount.IsMoving;

    /// <summary>Whether the sample rate can carry a frequency; if not, the sound stays as it is.</summary>
    /// <param name="frequency">In hertz.</param>
    public bool Carries(double frequency) => frequency <= _highest;

    /// <summary>Starts at the cosine's peak, where the factor is 1.</summary>
    /// <param name="frequency">In hertz.</param>
    /// <param name="amount">0 to 1.</param>
    public void Start(double frequency, double amount)
    {
        _oscillator.Clear();
        _oscillator.JumpTo(Math.Min(frequency, _highest));
        _amount.JumpTo(Carries(frequency) ? amount : 0);
    }

    /// <summary>Glides to other values over <see cref="ParameterGrid.Frames"/> frames.</summary>
    /// <param name="frequency">In hertz.</param>
    /// <param name="amount">0 to 1.</param>
    public void RampTo(double frequency, double amount)
    {
        _oscillator.RampTo(Math.Min(frequency, _highest));
        _amount.RampTo(Carries(frequency) ? amount : 0);
    }

    /// <summary>Modulates all channels alike, in place.</summary>
    /// <param name="block">1 to <see cref="SegmentClock.Frames"/> frames.</param>
    public void Process(AudioBlock block)
    {
        var factors = _oscillator.Next(block.Frames);
        int i = 0;
        for (; i < factors.Length && _amount.IsMoving; i++)
            factors[i] = 1 + ((float)_amount.Next() * (factors[i] - 1));
        float amount = (float)_amount.Value;
        if (i == 0 && amount == 0)
            return;
        ref float first = ref MemoryMarshal.GetReference(factors);
        for (; i <= factors.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var factor = Vector<float>.One + (amount * (Vector.LoadUnsafe(ref first, (nuint)i) - Vector<float>.One));
            Vector.StoreUnsafe(factor, ref first, (nuint)i);
        }

        for (; i < factors.Length; i++)
            factors[i] = 1 + (amount * (factors[i] - 1));
        for (int channel = 0; channel < block.Channels; channel++)
            Amplitude.Multiply(block[channel], factors);
    }
}
