using System;

namespace R3X.FxHost.Effects;

/// <summary>A delay of a fixed length.</summary>
internal sealed class RingDelay
{
    private readonly float[] _memory;
    private int _at;

    /// <param name="frames">At least 1.</param>
    public RingDelay(int frames) => _memory = new float[frames];

    /// <summary>Reads what comes out next, without moving on.</summary>
    /// <param name="output">At most as long as the delay.</param>
    public void Peek(Span<float> output)
    {
        int first = Math.Min(output.Length, _memory.Length - _at);
        _memory.AsSpan(_at, first).CopyTo(output);
        _memory.AsSpan(0, output.Length - first).CopyTo(output[first..]);
    }

    /// <summary>Writes in place of what was read.</summary>
    /// <param name="input">At most as long as the delay.</param>
    public void Push(ReadOnlySpan<float> input)
    {
        int first = Math.Min(input.Length, _memory.Length - _at);
        input[..first].CopyTo(_memory.AsSpan(_at));
        input[first..].CopyTo(_memory);
        _at += input.Length;
        if (_at >= _memory.Length)
            _at -= _memory.Length;
    }

    /// <summary>Delays in place, any number of samples.</summary>
    public void Process(Span<float> samples, Span<float> scratch)
    {
        for (int start = 0; start < samples.Length;)
        {
            int count = Math.Min(samples.Length - start, _memory.Length);
            var part = samples.Slice(start, count);
            part.CopyTo(scratch);
            Peek(part);
            Push(scratch[..count]);
            start += count;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_memory);
        _at = 0;
    }
}
