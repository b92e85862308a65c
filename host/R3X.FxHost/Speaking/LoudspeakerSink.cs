using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>Takes a line to the loudspeaker: resampled to the device's rate, spread over its channels, queued.</summary>
internal sealed class LoudspeakerSink(Loudspeaker loudspeaker) : ILineSink, IDisposable
{
    private PlayoutLine? _line;
    private Resampler? _resampler;
    private AudioBuffer? _resampled;
    private AudioBuffer? _spread;

    public ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        AudioFormat device = loudspeaker.Device().Format;
        _resampler = new Resampler(format.SampleRate, device.SampleRate, format.Channels);
        _resampled = new AudioBuffer(format.Channels, 1024);
        _spread = new AudioBuffer(device.Channels, 1024);
        _line = new PlayoutLine(device, cancellation);
        loudspeaker.Queue(_line);
        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        int taken = 0;
        ResampleStep step;
        do
        {
            step = _resampler!.Process(buffer.Block(start + taken, frames - taken), _resampled!.Block(_resampled.Frames));
            taken += step.FramesConsumed;
            await QueueAsync(step.FramesProduced, cancellation);
        }
        while (taken < frames || step.FramesProduced == _resampled.Frames);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        int frames;
        while ((frames = _resampler!.Flush(_resampled!.Block(_resampled.Frames))) > 0)
            await QueueAsync(frames, cancellation);
        _line!.Ring.Complete();
        await _line.Heard;
    }

    /// <summary>Ends the line where it is: what was queued is heard, nothing more comes.</summary>
    public void Dispose() => _line?.Dispose();

    private async ValueTask QueueAsync(int frames, CancellationToken cancellation)
    {
        for (int queued = 0; queued < frames;)
        {
            queued += Spread(queued, frames - queued);
            // The loudspeaker gave the line up; the task says why.
            if (_line!.Ring.IsAbandoned)
                await _line.Heard;
            if (queued < frames)
                await _line.Ring.WaitForSpaceAsync(cancellation);
        }
    }

    private int Spread(int start, int frames)
    {
        AudioBlock spread = _spread!.Block(frames);
        ChannelMap.Apply(_resampled!.Block(start, frames), spread);
        return _line!.Ring.Write(spread);
    }
}
