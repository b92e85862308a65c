using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// Writes frames of any format into a track's ring: resampled to the device's rate, spread over its channels. One task.
/// Ends quietly when nobody reads the ring any more.
/// </summary>
/// <param name="format">The frames' format.</param>
/// <param name="ring">Where to.</param>
internal sealed class TrackWriter(AudioFormat format, TrackRing ring)
{
    private const int Frames = 1024;

    private readonly Resampler _resampler = new(format.SampleRate, ring.Format.SampleRate, format.Channels);
    private readonly AudioBuffer _resampled = new(format.Channels, Frames);
    private readonly MonoFold? _fold =
        format.Channels == 2 && ring.Format.Channels == 1 ? new MonoFold(ring.Format.SampleRate) : null;

    /// <summary>The format of what is written.</summary>
    public AudioFormat Format => format;

    /// <summary>What is told of channels that cancel each other on a mono device; null when nothing is.</summary>
    public string? Warning => _fold is { HasCancelled: true } ? MonoFold.Warning : null;

    /// <summary>Writes frames; completes when there was room for all of them.</summary>
    /// <param name="block">The frames are in it; valid until the call completes.</param>
    /// <param name="start">The first one.</param>
    /// <param name="frames">How many.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async ValueTask WriteAsync(AudioBuffer block, int start, int frames, CancellationToken cancellation)
    {
        int taken = 0;
        ResampleStep step;
        do
        {
            step = _resampler.Process(block.Block(start + taken, frames - taken), _resampled.Block(Frames));
            taken += step.FramesConsumed;
            await QueueAsync(step.FramesProduced, cancellation);
        }
        while (taken < frames || step.FramesProduced == Frames);
    }

    /// <summary>Writes what the resampler holds.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        int frames;
        while ((frames = _resampler.Flush(_resampled.Block(Frames))) > 0)
            await QueueAsync(frames, cancellation);
    }

    /// <summary>The ring's frames that some of the format's take.</summary>
    public long RingFrames(long frames) =>
        (long)Math.Round((double)frames * ring.Format.SampleRate / format.SampleRate);

    private async ValueTask QueueAsync(int frames, CancellationToken cancellation)
    {
        _fold?.Apply(_resampled.Block(frames), _resampled[0][..frames]);
        for (int queued = 0; queued < frames && !ring.IsAbandoned;)
        {
            AudioBlock rest = _resampled.Block(queued, frames - queued);
            queued += ring.Write(_fold is null ? rest : new AudioBlock(rest[0]));
            if (queued < frames)
                await ring.WaitForSpaceAsync(cancellation);
        }
    }
}
