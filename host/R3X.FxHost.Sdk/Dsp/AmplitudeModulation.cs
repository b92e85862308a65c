using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Multiplies a sound by 1 + amount * (c - 1), c being a cosine from -1 to 1: a tremolo of full depth at an amount of a
/// half, a ring modulator without any of the plain sound at 1, where a tone turns into two of half its amplitude, the
/// carrier's frequency above and below it. At amount 0 the sound stays as it is, bit for bit. Audio thread.
/// </summary>
public sealed class AmplitudeModulation
{
    private readonly AudioFormat _format;
    private readonly Oscillator _oscillator;
    private Ramp _amount;

    /// <summary>A modulation by nothing.</summary>
    /// <param name="sampleRate">Frames per second.</param>
    public AmplitudeModulation(int sampleRate)
    {
        _format = new AudioFormat(sampleRate, 1);
        _oscillator = new Oscillator(sampleRate);
    }

    /// <summary>Whether frequency or amount are on their way.</summary>
    public bool IsMoving => _oscillator.IsMoving || _amount.IsMoving;

    /// <summary>Goes back to the cosine's peak, where the factor is 1.</summary>
    public void Clear() => _oscillator.Clear();

    /// <summary>
    /// Changes to other values, over <see cref="ParameterGrid.Frames"/> frames or at once. A frequency that the sample
    /// rate does not carry (<see cref="AudioFormat.Carries"/>) leaves the sound as it is.
    /// </summary>
    /// <param name="frequency">In hertz.</param>
    /// <param name="amount">0 to 1.</param>
    /// <param name="atOnce">Whether to be there at once.</param>
    public void MoveTo(double frequency, double amount, bool atOnce)
    {
        double carried = Math.Min(frequency, MatchedFilters.HighestFrequency * _format.SampleRate);
        if (atOnce)
            _oscillator.JumpTo(carried);
        else
            _oscillator.RampTo(carried);
        _amount.MoveTo(_format.Carries(frequency) ? amount : 0, atOnce);
    }

    /// <summary>Modulates all channels alike, in place.</summary>
    /// <param name="block">1 to <see cref="SegmentedEffect.SegmentFrames"/> frames.</param>
    public void Process(AudioBlock block)
    {
        var values = _oscillator.Next(block.Frames);
        int moving = 0;
        for (; moving < values.Length && _amount.IsMoving; moving++)
            values[moving] = 1 + ((float)_amount.Next() * (values[moving] - 1));
        float amount = (float)_amount.Value;
        if (moving == 0 && amount == 0)
            return;
        for (int channel = 0; channel < block.Channels; channel++)
            Modulate(block[channel], values, moving, amount);
    }

    // The first values are factors already.
    private static void Modulate(Span<float> samples, ReadOnlySpan<float> values, int factors, float amount)
    {
        int i = 0;
        for (; i < factors; i++)
            samples[i] *= values[i];
        ref float from = ref MemoryMarshal.GetReference(values[..samples.Length]);
        ref float to = ref MemoryMarshal.GetReference(samples);
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var factor = Vector<float>.One + (amount * (Vector.LoadUnsafe(ref from, (nuint)i) - Vector<float>.One));
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref to, (nuint)i) * factor, ref to, (nuint)i);
        }

        for (; i < samples.Length; i++)
            samples[i] *= 1 + (amount * (values[i] - 1));
    }
}
