using System;
using System.Numerics;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Knows whether an effect adds a constant: its output's mean is off its input's by more than 0.1 of full scale, to the
/// same side, in each of ten tenths of a second in a row. No voice does that, however it is bent. Audio thread.
/// </summary>
internal sealed class OffsetDetector(AudioFormat format)
{
    /// <summary>The largest offset, of full scale. A block whose peak is no higher need not be shown.</summary>
    public const float Most = 0.1f;

    private const int PartsInARow = 10;

    private readonly int _partFrames = format.Frames(100);
    private readonly double[] _sums = new double[format.Channels];
    private readonly int[] _parts = new int[format.Channels];
    private int _frames;

    /// <summary>The offset that was found, of full scale.</summary>
    public double Offset { get; private set; }

    /// <summary>Hears a block.</summary>
    /// <param name="output">What the effect gave.</param>
    /// <param name="input">What it was given.</param>
    /// <returns>Whether it has added a constant for a second.</returns>
    public bool Hear(in AudioBlock output, in AudioBlock input)
    {
        for (int channel = 0; channel < _sums.Length; channel++)
            _sums[channel] += Sum(output[channel]) - Sum(input[channel]);
        _frames += output.Frames;
        if (_frames < _partFrames)
            return false;
        bool isConstant = false;
        for (int channel = 0; channel < _sums.Length; channel++)
            isConstant |= EndPart(channel);
        _frames = 0;
        return isConstant;
    }

    /// <summary>Forgets what was heard: after a block that is too quiet to hold an offset.</summary>
    public void Reset()
    {
        if (_frames == 0 && _parts.AsSpan().IndexOfAnyExcept(0) < 0)
            return;
        Array.Clear(_sums);
        Array.Clear(_parts);
        _frames = 0;
    }

    private bool EndPart(int channel)
    {
        double mean = _sums[channel] / _frames;
        _sums[channel] = 0;
        int parts = _parts[channel];
        // Counted to the side of the offset: up above 0, down below.
        int next = Math.Abs(mean) <= Most ? 0 : mean > 0 ? Math.Max(parts, 0) + 1 : Math.Min(parts, 0) - 1;
        _parts[channel] = next;
        if (Math.Abs(next) < PartsInARow)
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
}
