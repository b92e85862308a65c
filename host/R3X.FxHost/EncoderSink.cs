using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Encoding;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;
using R3X.FxHost.Speaking;

namespace R3X.FxHost;

/// <summary>Takes a line to an encoder: at its own rate, or resampled to the one the output is to have.</summary>
/// <param name="outputRate">The output's rate in Hz; null keeps the line's.</param>
/// <param name="open">Opens the encoder for a format, with the first frame.</param>
internal sealed class EncoderSink(int? outputRate, Func<AudioFormat, IEncoder> open) : ILineSink, IDisposable
{
    private IEncoder? _encoder;
    private Resampler? _resampler;
    private AudioBuffer? _resampled;

    public ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        AudioFormat output = format with { SampleRate = outputRate ?? format.SampleRate };
        _encoder = open(output);
        if (output.SampleRate != format.SampleRate)
        {
            _resampler = new Resampler(format.SampleRate, output.SampleRate, format.Channels);
            _resampled = new AudioBuffer(format.Channels, 4096);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        AudioBlock block = buffer.Block(start, frames);
        if (_resampler is null)
            _encoder!.Write(block);
        while (_resampler is not null && block.Frames > 0)
        {
            ResampleStep step = _resampler.Process(block, _resampled!.Block(_resampled.Frames));
            _encoder!.Write(_resampled.Block(step.FramesProduced));
            block = block.Slice(step.FramesConsumed, block.Frames - step.FramesConsumed);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        int frames;
        while (_resampler is not null && (frames = _resampler.Flush(_resampled!.Block(_resampled.Frames))) > 0)
            _encoder!.Write(_resampled.Block(frames));
        _encoder!.Complete();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _encoder?.Dispose();
}
