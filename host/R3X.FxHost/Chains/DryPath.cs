using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// A slot's input, delayed by the slot's latency: what the listener hears when the effect cannot be used. It runs
/// beside the effect all the time, so it is there at the instant it is needed.
/// </summary>
internal sealed class DryPath
{
    private const double FadeMilliseconds = 10;

    private readonly int _latency;

    // Each channel's output in the last frame, then its history. That is a frame longer than the latency: the dry sound
    // of the last frame is its first. All in one place, since the memory of every slot is looked at for every block.
    private readonly float[] _memory;
    private readonly float[] _offset;
    private readonly float[] _fade;
    private int _fadePosition;
    private int _returnPosition;

    public DryPath(AudioFormat format, int latencyFrames)
    {
        _latency = latencyFrames;
        _memory = new float[format.Channels * (latencyFrames + 2)];
        _offset = new float[format.Channels];
        _fade = FadeOut(Math.Max(1, format.Frames(FadeMilliseconds)));
        _fadePosition = _returnPosition = _fade.Length;
    }

    /// <summary>Whether the effect is coming back, or just did.</summary>
    public bool Returns => _returnPosition < _fade.Length;

    /// <summary>Moves on past a block.</summary>
    /// <param name="input">What the slot was given.</param>
    /// <param name="output">What was heard.</param>
    public void Advance(in AudioBlock input, in AudioBlock output)
    {
        for (int channel = 0; channel < input.Channels; channel++)
        {
            HeardLast(channel) = output[channel][^1];
            if (_latency == 0)
                History(channel)[0] = input[channel][^1];
            else
                Append(input[channel], History(channel));
        }
    }

    /// <summary>
    /// Starts to take the effect's place so that the sound does not step: the difference between what was heard last
    /// and the dry sound at that frame is added and fades over 10 ms.
    /// </summary>
    public void TakeOver()
    {
        for (int channel = 0; channel < _offset.Length; channel++)
            _offset[channel] = HeardLast(channel) - History(channel)[0];
        _fadePosition = 0;
        _returnPosition = _fade.Length;
    }

    /// <summary>Starts to let the effect be heard again, over 10 ms.</summary>
    public void GiveBack() => _returnPosition = 0;

    /// <summary>Fades from the dry sound to the effect's.</summary>
    /// <param name="wet">What the effect made of the block.</param>
    /// <param name="input">What the slot was given.</param>
    public void FadeBack(in AudioBlock wet, in AudioBlock input)
    {
        int frames = Math.Min(wet.Frames, _fade.Length - _returnPosition);
        for (int channel = 0; channel < _offset.Length; channel++)
        {
            Span<float> samples = wet[channel];
            ReadOnlySpan<float> block = input[channel];
            ReadOnlySpan<float> history = History(channel)[1..];
            for (int i = 0; i < frames; i++)
            {
                float dry = i < _latency ? history[i] : block[i - _latency];
                if (_fadePosition + i < _fade.Length)
                    dry += _offset[channel] * _fade[_fadePosition + i];
                samples[i] += (dry - samples[i]) * _fade[_returnPosition + i];
            }
        }

        _returnPosition += frames;
        _fadePosition = Math.Min(_fade.Length, _fadePosition + frames);
    }

    /// <summary>Replaces a block by its dry sound.</summary>
    /// <param name="output">The block.</param>
    /// <param name="input">What the slot was given.</param>
    public void Replace(in AudioBlock output, in AudioBlock input)
    {
        int old = Math.Min(output.Frames, _latency);
        int fading = Math.Min(output.Frames, _fade.Length - _fadePosition);
        for (int channel = 0; channel < _offset.Length; channel++)
        {
            Span<float> samples = output[channel];
            History(channel).Slice(1, old).CopyTo(samples);
            input[channel][..^old].CopyTo(samples[old..]);
            for (int i = 0; i < fading; i++)
                samples[i] += _offset[channel] * _fade[_fadePosition + i];
        }

        _fadePosition += fading;
    }

    /// <summary>Mixes a part of a block with its dry sound.</summary>
    /// <param name="part">What the effect made of the part.</param>
    /// <param name="input">What the slot was given, the whole block.</param>
    /// <param name="start">The part's first frame in it.</param>
    /// <param name="shares">How much of the effect is heard in each frame of the part: at 0 the dry sound bit for bit,
    /// at 1 the effect's.</param>
    public void Mix(in AudioBlock part, in AudioBlock input, int start, ReadOnlySpan<float> shares)
    {
        for (int channel = 0; channel < _offset.Length; channel++)
        {
            Span<float> wet = part[channel];
            ReadOnlySpan<float> block = input[channel];
            ReadOnlySpan<float> history = History(channel)[1..];
            for (int i = 0; i < wet.Length; i++)
            {
                int at = start + i - _latency;
                float dry = at < 0 ? history[at + _latency] : block[at];
                float share = shares[i];
                wet[i] = share == 1 ? wet[i] : share == 0 ? dry : dry + (share * (wet[i] - dry));
            }
        }
    }

    public void Reset()
    {
        Array.Clear(_memory);
        _fadePosition = _returnPosition = _fade.Length;
    }

    private static void Append(ReadOnlySpan<float> samples, Span<float> history)
    {
        int kept = Math.Max(0, history.Length - samples.Length);
        if (kept > 0)
            history[^kept..].CopyTo(history);
        samples[^(history.Length - kept)..].CopyTo(history[kept..]);
    }

    private ref float HeardLast(int channel) => ref _memory[channel * (_latency + 2)];

    private Span<float> History(int channel) => _memory.AsSpan((channel * (_latency + 2)) + 1, _latency + 1);

    // Half a cosine: flat at both ends, so neither end of the fade is heard as a click. It starts one step down because
    // the frame of full offset is the one already heard.
    private static float[] FadeOut(int frames)
    {
        var fade = new float[frames];
        for (int i = 0; i < frames; i++)
            fade[i] = (float)(0.5 + (0.5 * Math.Cos(Math.PI * (i + 1) / frames)));
        return fade;
    }
}
