using System;
using System.Numerics;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Knows whether there is a constant in what it hears (DC): the mean is off by more than 0.1 of full scale, to the same
/// side and by the same, give or take a quarter, in several tenths of a second in a row. A voice that is bent to one
/// side is off by as much as it is loud, and that changes from syllable to syllable; what an effect makes of a tone may
/// be off for as long as that sounds, but by no more than the tone. Audio thread.
/// </summary>
/// <param name="format">The line's format.</param>
/// <param name="parts">How many tenths of a second in a row.</param>
internal sealed class OffsetDetector(AudioFormat format, int parts)
{
    /// <summary>The largest offset, of full scale. A block whose peak is no higher need not be shown.</summary>
    public const float Most = 0.1f;

    private const double Alike = 0.75;

    private readonly int _partFrames = format.Frames(100);
    private readonly double[] _sums = new double[format.Channels];
    private readonly Run[] _runs = new Run[format.Channels];
    private int _frames;
    private float _given;

    /// <summary>The offset that was found, of full scale.</summary>
    public double Offset { get; private set; }

    /// <summary>Hears a block.</summary>
    /// <returns>Whether there has been a constant for long enough.</returns>
    public bool Hear(in AudioBlock block)
    {
        for (int channel = 0; channel < _sums.Length; channel++)
            _sums[channel] += Sum(block[channel]);
        return Ends(block.Frames);
    }

    /// <summary>Hears by how much a block is off another; a constant is then more than that other's peak,
    /// too.</summary>
    /// <param name="output">What an effect gave.</param>
    /// <param name="input">What it was given.</param>
    /// <param name="inputPeak">The peak of that.</param>
    /// <returns>Whether there has been a constant for long enough.</returns>
    public bool Hear(in AudioBlock output, in AudioBlock input, float inputPeak)
    {
        _given = Math.Max(_given, inputPeak);
        for (int channel = 0; channel < _sums.Length; channel++)
            _sums[channel] += Sum(output[channel]) - Sum(input[channel]);
        return Ends(output.Frames);
    }

    private bool Ends(int frames)
    {
        _frames += frames;
        if (_frames < _partFrames)
            return false;
        bool isConstant = false;
        for (int channel = 0; channel < _sums.Length; channel++)
            isConstant |= EndPart(channel);
        (_frames, _given) = (0, 0);
        return isConstant;
    }

    /// <summary>Forgets what was heard: after a block that is too quiet to hold an offset.</summary>
    public void Reset()
    {
        if (_frames == 0 && Array.TrueForAll(_runs, static run => run.Parts == 0))
            return;
        Array.Clear(_sums);
        Array.Clear(_runs);
        (_frames, _given) = (0, 0);
    }

    private bool EndPart(int channel)
    {
        double mean = _sums[channel] / _frames;
        _sums[channel] = 0;
        ref Run run = ref _runs[channel];
        run = Math.Abs(mean) <= Math.Max(Most, _given) ? default : run.With(mean);
        if (run.Parts < parts)
            return false;
        Offset = mean;
        return true;
    }

    private static float Sum(ReadOnlySpan<float> samples)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var one = Vector<float>.Zero;
        var other = Vector<float>.Zero;
        int i = 0;
        for (; i + 1 < vectors.Length; i += 2)
        {
            one += vectors[i];
            other += vectors[i + 1];
        }

        if (i < vectors.Length)
            one += vectors[i];
        float sum = Vector.Sum(one + other);
        foreach (float sample in samples[(vectors.Length * Vector<float>.Count)..])
            sum += sample;
        return sum;
    }

    // Parts in a row whose means are alike.
    private readonly record struct Run(int Parts, double Low, double High)
    {
        public Run With(double mean)
        {
            double low = Parts == 0 ? mean : Math.Min(Low, mean);
            double high = Parts == 0 ? mean : Math.Max(High, mean);
            bool isAlike = low > 0 ? low > Alike * high : high < Alike * low;
            return isAlike ? new Run(Parts + 1, low, high) : new Run(1, mean, mean);
        }
    }
}
