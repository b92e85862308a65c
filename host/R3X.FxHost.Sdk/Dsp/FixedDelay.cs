using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Delays all channels by the same whole number of frames: the dry path beside a path with latency. Audio thread.
/// </summary>
public sealed class FixedDelay
{
    private readonly AudioBuffer? _memory;

    /// <summary>Allocates a silent delay.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="frames">The delay, 0 or more.</param>
    public FixedDelay(int channels, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        Frames = frames;
        _memory = frames == 0 ? null : new AudioBuffer(channels, frames);
    }

    /// <summary>The delay in frames.</summary>
    public int Frames { get; }

    /// <summary>Writes what was read <see cref="Frames"/> frames ago.</summary>
    /// <param name="channel">Whose memory to use.</param>
    /// <param name="input">New samples.</param>
    /// <param name="output">As many delayed ones; other memory than the input.</param>
    public void Process(int channel, ReadOnlySpan<float> input, Span<float> output)
    {
        if (_memory is null)
        {
            input.CopyTo(output);
            return;
        }

        var memory = _memory[channel];
        if (input.Length >= Frames)
        {
            memory.CopyTo(output);
            input[..^Frames].CopyTo(output[Frames..]);
            input[^Frames..].CopyTo(memory);
        }
        else
        {
            memory[..input.Length].CopyTo(output);
            memory[input.Length..].CopyTo(memory);
            input.CopyTo(memory[^input.Length..]);
        }
    }

    /// <summary>Takes in samples, as <see cref="Process"/> does, where nobody listens to what comes out.</summary>
    /// <param name="channel">Whose memory to use.</param>
    /// <param name="input">New samples.</param>
    public void Skip(int channel, ReadOnlySpan<float> input)
    {
        if (_memory is null)
            return;
        var memory = _memory[channel];
        int kept = Math.Max(0, Frames - input.Length);
        if (kept > 0)
            memory[^kept..].CopyTo(memory);
        input[^(Frames - kept)..].CopyTo(memory[kept..]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _memory?.Clear();
}
