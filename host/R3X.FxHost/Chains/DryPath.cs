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
    private readonly float[][] _history;
    private readonly float[] _offset;
    private readonly float[] _fade;
    private int _fadePosition;

    public DryPath(AudioFormat format, int maxFrames, int latencyFrames)
    {
        _latency = latencyFrames;
        _history = new float[format.Channels][];
        for (int channel = 0; channel < _history.Length; channel++)
            _history[channel] = new float[latencyFrames + maxFrames];
        _offset = new float[format.Channels];
        _fade = FadeOut(Math.Max(1, format.Frames(FadeMilliseconds)));
        _fadePosition = _fade.Length;
    }

    /// <summary>Keeps a block of input. To be called for every block, before the effect sees it.</summary>
    public void Keep(AudioBlock input)
    {
        for (int channel = 0; channel < _history.Length; channel++)
            input[channel].CopyTo(_history[channel].AsSpan(_latency));
    }

    /// <summary>Moves on past the block last kept.</summary>
    public void Advance(int frames)
    {
        if (_latency == 0)
            return;
        foreach (float[] history in _history)
            history.AsSpan(frames, _latency).CopyTo(history);
    }

    /// <summary>
    /// Starts to take the effect's place so that the sound does not step: the difference between what was heard last and
    /// the dry sound at that frame is added and fades over 10 ms.
    /// </summary>
    /// <param name="heardLast">Each channel's last good output sample.</param>
    /// <param name="dryLast">The dry sample of the same frame.</param>
    public void TakeOver(ReadOnlySpan<float> heardLast, ReadOnlySpan<float> dryLast)
    {
        for (int channel = 0; channel < _offset.Length; channel++)
            _offset[channel] = heardLast[channel] - dryLast[channel];
        _fadePosition = 0;
    }

    /// <summary>Replaces a block by the dry sound of the block last kept.</summary>
    public void Replace(AudioBlock output)
    {
        int fading = Math.Min(output.Frames, _fade.Length - _fadePosition);
        for (int channel = 0; channel < _history.Length; channel++)
        {
            Span<float> samples = output[channel];
            _history[channel].AsSpan(0, output.Frames).CopyTo(samples);
            for (int i = 0; i < fading; i++)
                samples[i] += _offset[channel] * _fade[_fadePosition + i];
        }

        _fadePosition += fading;
    }

    /// <summary>The dry sample of a frame of the block last kept.</summary>
    public float Sample(int channel, int frame) => _history[channel][frame];

    public void Reset()
    {
        foreach (float[] history in _history)
            Array.Clear(history);
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
