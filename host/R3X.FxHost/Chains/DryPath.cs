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

    // One frame more than the latency: the dry sound of the frame before the next block is the first.
    private readonly AudioBuffer _history;
    private readonly float[] _offset;
    private readonly float[] _fade;
    private int _fadePosition;

    public DryPath(AudioFormat format, int latencyFrames)
    {
        _latency = latencyFrames;
        _history = new AudioBuffer(format.Channels, latencyFrames + 1);
        _offset = new float[format.Channels];
        _fade = FadeOut(Math.Max(1, format.Frames(FadeMilliseconds)));
        _fadePosition = _fade.Length;
    }

    /// <summary>Moves on past a block.</summary>
    /// <param name="input">What the slot was given.</param>
    public void Advance(in AudioBlock input)
    {
        for (int channel = 0; channel < _offset.Length; channel++)
        {
            Span<float> history = _history[channel];
            ReadOnlySpan<float> samples = input[channel];
            int kept = Math.Max(0, history.Length - samples.Length);
            history[^kept..].CopyTo(history);
            samples[^(history.Length - kept)..].CopyTo(history[kept..]);
        }
    }

    /// <summary>
    /// Starts to take the effect's place so that the sound does not step: the difference between what was heard last and
    /// the dry sound at that frame is added and fades over 10 ms.
    /// </summary>
    /// <param name="heardLast">Each channel's output in the frame before the next block.</param>
    public void TakeOver(ReadOnlySpan<float> heardLast)
    {
        for (int channel = 0; channel < _offset.Length; channel++)
            _offset[channel] = heardLast[channel] - _history[channel][0];
        _fadePosition = 0;
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
            _history[channel].Slice(1, old).CopyTo(samples);
            input[channel][..^old].CopyTo(samples[old..]);
            for (int i = 0; i < fading; i++)
                samples[i] += _offset[channel] * _fade[_fadePosition + i];
        }

        _fadePosition += fading;
    }

    public void Reset()
    {
        _history.Clear();
        _fadePosition = _fade.Length;
    }

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
