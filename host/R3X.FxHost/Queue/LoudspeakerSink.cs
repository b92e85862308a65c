using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Lines;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Queue;

/// <summary>Takes a line to the loudspeaker: resampled to the device's rate, spread over its channels, queued.</summary>
/// <param name="loudspeaker">The loudspeaker.</param>
/// <param name="line">The line's place there.</param>
/// <param name="ringMilliseconds">How much of it may be made ahead of what is heard.</param>
internal sealed class LoudspeakerSink(Loudspeaker loudspeaker, Track line, double ringMilliseconds = Track.RingMilliseconds) : ILineSink, IDisposable
{
    private Resampler? _resampler;
    private long _frames;

    // The line's frame of the ring's format with which the present format began.
    private long _begun;
    private AudioBuffer? _resampled;
    private AudioBuffer? _spread;
    private MonoFold? _fold;
    private bool _hasCancelled;

    /// <summary>What is told of channels that cancel each other on a mono device.</summary>
    public string? Warning => _hasCancelled || _fold is { HasCancelled: true } ? MonoFold.Warning : null;

    private TrackRing Ring => line.Ring!;

    /// <summary>How much of the line is made and not yet given to the device.</summary>
    public TimeSpan Lead => line.Ring is { } ring ? TimeSpan.FromSeconds((double)ring.Held / ring.Format.SampleRate) : TimeSpan.Zero;

    public async ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        if (_resampler is null)
        {
            AudioFormat device = loudspeaker.Device().Format;
            _spread = new AudioBuffer(device.Channels, 1024);
            line.Open(device, ringMilliseconds);
        }
        else
        {
            await FlushAsync(cancellation);
            _begun = Ring.Written;
        }

        _frames = 0;
        _hasCancelled |= _fold is { HasCancelled: true };
        _fold = format.Channels == 2 && Ring.Format.Channels == 1 ? new MonoFold(Ring.Format.SampleRate) : null;
        _resampler = new Resampler(format.SampleRate, Ring.Format.SampleRate, format.Channels);
        _resampled = new AudioBuffer(format.Channels, 1024);
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

    public void SegmentBegins(int segment, int framesAhead) => line.MarkSegment(RingFrame(_frames + framesAhead), segment);

    public void TailBegins() => Ring.MarkTail(RingFrame(_frames));

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        Ring.Complete();
        await line.Heard.OrCancelledAsync(cancellation);
    }

    /// <summary>Ends the line where it is: what was queued is heard, nothing more comes.</summary>
    public void Dispose() => line.Dispose();

    private long RingFrame(long frame) => _begun + (long)Math.Round((double)frame * Ring.Format.SampleRate / _resampler!.InputRate);

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        int frames;
        while ((frames = _resampler!.Flush(_resampled!.Block(_resampled.Frames))) > 0)
            await QueueAsync(frames, cancellation);
    }

    private async ValueTask QueueAsync(int frames, CancellationToken cancellation)
    {
        _fold?.Apply(_resampled!.Block(frames), _resampled[0][..frames]);
        for (int queued = 0; queued < frames;)
        {
            queued += Spread(queued, frames - queued);
            // The loudspeaker gave the line up; the task says why.
            if (Ring.IsAbandoned)
                await line.Heard;
            if (queued < frames)
                await Ring.WaitForSpaceAsync(cancellation);
        }
    }

    private int Spread(int start, int frames)
    {
        AudioBlock spread = _spread!.Block(frames);
        AudioBlock all = _resampled!.Block(start, frames);
        ChannelMap.Apply(_fold is null ? all : new AudioBlock(all[0]), spread);
        return Ring.Write(spread);
    }
}
