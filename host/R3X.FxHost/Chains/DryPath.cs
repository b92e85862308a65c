using System;
using System.Diagnostics.CodeAnalysis;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// A slot's input, delayed by the slot's latency: what the listener hears when the effect cannot be used. It runs
/// beside the effect all the time, so it is there at the instant it is needed. What it keeps of a block lies in memory that all
/// slots of a chain use in turn: it stays in the processor's cache, however many lines there are.
/// </summary>
internal sealed class DryPath
{
    private const double FadeMilliseconds = 10;

    private readonly int _latency;
    private readonly int _channels;
    private SlotInput _kept;
    private readonly AudioBuffer? _history;
    private readonly float[] _offset;
    private readonly float[] _fade;
    private int _fadePosition;

    public DryPath(AudioFormat format, SlotInput shared, int latencyFrames)
    {
        _latency = latencyFrames;
        _channels = format.Channels;
        KeepIn(shared);
        _history = latencyFrames == 0 ? null : new AudioBuffer(_channels, latencyFrames);
        _offset = new float[format.Channels];
        _fade = FadeOut(Math.Max(1, format.Frames(FadeMilliseconds)));
        _fadePosition = _fade.Length;
    }

    /// <summary>Keeps blocks in other memory from now on. Between blocks; allocates.</summary>
    [MemberNotNull(nameof(_kept))]
    public void KeepIn(SlotInput shared)
    {
        shared.Reserve(_latency);
        _kept = shared;
    }

    /// <summary>Keeps a block of input, until the next slot keeps its own. To be called for every block, before the effect sees it.</summary>
    public void Keep(AudioBlock input)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            Span<float> kept = _kept[channel];
            _history?[channel].CopyTo(kept);
            input[channel].CopyTo(kept[_latency..]);
        }
    }

    /// <summary>Moves on past the block last kept.</summary>
    public void Advance(int frames)
    {
        if (_history is null)
            return;
        for (int channel = 0; channel < _channels; channel++)
            _kept[channel].Slice(frames, _latency).CopyTo(_history[channel]);
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
        for (int channel = 0; channel < _channels; channel++)
        {
            Span<float> samples = output[channel];
            _kept[channel][..output.Frames].CopyTo(samples);
            for (int i = 0; i < fading; i++)
                samples[i] += _offset[channel] * _fade[_fadePosition + i];
        }

        _fadePosition += fading;
    }

    /// <summary>The dry sample of a frame of the block last kept.</summary>
    public float Sample(int channel, int frame) => _kept[channel][frame];

    public void Reset()
    {
        _history?.Clear();
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
