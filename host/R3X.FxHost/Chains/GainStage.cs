using System;
using System.Numerics;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Chains;

/// <summary>
/// A gain between slots. What it makes larger than any sound becomes the largest, as at the chain's input: an effect is
/// not to be blamed for it. Audio thread.
/// </summary>
internal sealed class GainStage
{
    private ChainGain _plan;
    private Ramp _gain;
    private double _decibels;
    private int _position;

    public GainStage(ChainGain plan)
    {
        _plan = plan;
        Reset();
    }

    /// <summary>Applies the gain in place.</summary>
    /// <param name="block">Any number of frames.</param>
    /// <param name="peak">The block's peak.</param>
    /// <returns>The peak of what came out.</returns>
    public float Process(in AudioBlock block, float peak)
    {
        if (_plan.Follower is { } follower)
        {
            Follow(block, follower);
            peak = PeakLevel.Of(block);
        }
        else
        {
            float gain = (float)_gain.Value;
            Multiply(block, gain);
            // Rounding keeps the order of numbers, so this is the peak that a scan would find.
            peak *= gain;
        }

        return peak > InputSanitizer.Largest ? InputSanitizer.Apply(block) : peak;
    }

    /// <summary>Gives the gain another size. Before the first block.</summary>
    /// <param name="decibels">The size, in dB.</param>
    public void Set(double decibels)
    {
        _plan = new ChainGain(decibels);
        Reset();
    }

    public void Reset()
    {
        _decibels = _plan.StartDb;
        _gain.JumpTo(Decibels.ToGain(_decibels));
        _position = 0;
        _plan.Follower?.Reset();
    }

    private void Follow(AudioBlock block, IGainFollower follower)
    {
        for (int at = 0; at < block.Frames;)
        {
            if (_position == 0)
                MoveTo(follower.NextGainDb());
            AudioBlock part = block.Slice(at, Math.Min(block.Frames - at, ParameterGrid.Frames - _position));
            follower.Hear(part);
            if (_gain.IsMoving)
                Move(part);
            else
                Multiply(part, (float)_gain.Value);
            at += part.Frames;
            _position = (_position + part.Frames) % ParameterGrid.Frames;
        }
    }

    private void MoveTo(double decibels)
    {
        if (decibels == _decibels)
            return;
        _decibels = decibels;
        _gain.RampTo(Decibels.ToGain(decibels));
    }

    private void Move(AudioBlock block)
    {
        for (int i = 0; i < block.Frames; i++)
        {
            float gain = (float)_gain.Next();
            for (int channel = 0; channel < block.Channels; channel++)
                block[channel][i] *= gain;
        }
    }

    private static void Multiply(in AudioBlock block, float gain)
    {
        if (gain == 1)
            return;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Span<float> samples = block[channel];
            Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
            foreach (ref Vector<float> vector in vectors)
                vector *= gain;
            foreach (ref float sample in samples[(vectors.Length * Vector<float>.Count)..])
                sample *= gain;
        }
    }
}
