using System;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>Brings blocks to the rate an encoder wants.</summary>
internal sealed class ResamplingEncoder(IEncoder target, AudioFormat format) : IEncoder
{
    private const int PieceFrames = 1_024;

    private readonly Resampler _resampler = new(format.SampleRate, target.Format.SampleRate, format.Channels);
    private readonly AudioBuffer _piece = new(format.Channels, PieceFrames);

    public AudioFormat Format => format;

    public int DelayFrames =>
        (int)Math.Round(target.DelayFrames * (double)format.SampleRate / target.Format.SampleRate);

    public string? Warning => target.Warning;

    public void Write(AudioBlock block)
    {
        int start = 0;
        ResampleStep step;
        do
        {
            step = _resampler.Process(block.Slice(start, block.Frames - start), _piece.Block(PieceFrames));
            start += step.FramesConsumed;
            if (step.FramesProduced > 0)
                target.Write(_piece.Block(step.FramesProduced));
        }
        while (start < block.Frames || step.FramesProduced == PieceFrames);
    }

    public void Complete()
    {
        while (_resampler.Flush(_piece.Block(PieceFrames)) is var frames && frames > 0)
            target.Write(_piece.Block(frames));
        target.Complete();
    }

    public void Dispose() => target.Dispose();
}
