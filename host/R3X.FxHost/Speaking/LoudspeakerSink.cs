using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Takes a line to the loudspeaker: resampled to the device's rate, spread over its channels, queued. Its place in the queue is the one
/// it was made in.
/// </summary>
/// <param name="loudspeaker">The loudspeaker.</param>
/// <param name="cancellation">Ends the line.</param>
/// <param name="ringMilliseconds">How much of it may be made ahead of what is heard.</param>
internal sealed class LoudspeakerSink(Loudspeaker loudspeaker, CancellationToken cancellation, double ringMilliseconds = PlayoutLine.RingMilliseconds)
    : ILineSink, IDisposable
{
    private readonly PlayoutLine _line = loudspeaker.TakePlace(cancellation);
    private Resampler? _resampler;
    private long _frames;
    private AudioBuffer? _resampled;
    private AudioBuffer? _spread;

    private SampleRing Ring => _line.Ring!;

    public ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        AudioFormat device = loudspeaker.Device().Format;
        _resampler = new Resampler(format.SampleRate, device.SampleRate, format.Channels);
        _resampled = new AudioBuffer(format.Channels, 1024);
        _spread = new AudioBuffer(device.Channels, 1024);
        _line.Open(device, ringMilliseconds);
        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        int taken = 0;
        _frames += frames;
        ResampleStep step;
        do
        {
            step = _resampler!.Process(buffer.Block(start + taken, frames - taken), _resampled!.Block(_resampled.Frames));
            taken += step.FramesConsumed;
            await QueueAsync(step.FramesProduced, cancellation);
        }
        while (taken < frames || step.FramesProduced == _resampled.Frames);
    }

    public void TailBegins() => Ring.MarkTail((long)Math.Round((double)_frames * Ring.Format.SampleRate / _resampler!.InputRate));

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        int frames;
        while ((frames = _resampler!.Flush(_resampled!.Block(_resampled.Frames))) > 0)
            await QueueAsync(frames, cancellation);
        Ring.Complete();
        await _line.Heard.WaitAsync(cancellation);
    }

    /// <summary>Ends the line where it is: what was queued is heard, nothing more comes.</summary>
    public void Dispose() => _line.Dispose();

    private async ValueTask QueueAsync(int frames, CancellationToken cancellation)
    {
        for (int queued = 0; queued < frames;)
        {
            queued += Spread(queued, frames - queued);
            // The loudspeaker gave the line up; the task says why.
            if (Ring.IsAbandoned)
                await _line.Heard;
            if (queued < frames)
                await Ring.WaitForSpaceAsync(cancellation);
        }
    }

    private int Spread(int start, int frames)
    {
        AudioBlock spread = _spread!.Block(frames);
        ChannelMap.Apply(_resampled!.Block(start, frames), spread);
        return Ring.Write(spread);
    }
}
