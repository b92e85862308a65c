using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Lines;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Queue;

/// <summary>Takes a line to its track on the loudspeaker.</summary>
/// <param name="loudspeaker">The loudspeaker.</param>
/// <param name="track">The line's place there.</param>
/// <param name="ringMilliseconds">How much of it may be made ahead of what is heard.</param>
internal sealed class LoudspeakerSink(
    Loudspeaker loudspeaker, Track track, double ringMilliseconds = Track.RingMilliseconds) : ILineSink, IDisposable
{
    private TrackWriter? _writer;
    private long _frames;

    // The track's frame with which the present format began.
    private long _begun;
    private string? _warning;

    /// <summary>What is told of channels that cancel each other on a mono device; null when nothing is.</summary>
    public string? Warning => _warning ?? _writer?.Warning;

    private TrackRing Ring => track.Ring!;

    /// <summary>How long the device can still be given what is made of the line; zero where it waits for
    /// more.</summary>
    public TimeSpan Lead => track.Ring is { } ring && !track.IsWaitingForMore
        ? TimeSpan.FromSeconds((double)ring.Held / ring.Format.SampleRate)
        : TimeSpan.Zero;

    /// <summary>How many frames, of the device's, are made and not heard yet.</summary>
    public double Unheard => track.Ring is not { } ring ? 0
        : !track.Begun.IsCompleted ? ring.Held
        : Math.Max(ring.Held, ring.Written - (loudspeaker.Clock.Heard - track.Origin));

    /// <summary>From its first frame's going to the device to its being heard; zero before that is known, and of no
    /// meaning after an underrun.</summary>
    public TimeSpan DeviceDelay => !track.Begun.IsCompleted ? TimeSpan.Zero
        : loudspeaker.Clock.Source.GetElapsedTime(track.BeganTimestamp, loudspeaker.Clock.TimestampOf(track.Origin));

    /// <summary>How often the loudspeaker had to go on without it because it came late.</summary>
    public long Underruns => track.Underruns;

    public async ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        if (_writer is null)
        {
            track.Open(loudspeaker.Device().Format, ringMilliseconds);
        }
        else
        {
            await FlushAsync(cancellation);
            _warning ??= _writer.Warning;
            _begun = Ring.Written;
        }

        _frames = 0;
        _writer = new TrackWriter(format, Ring);
    }

    public async ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        _frames += frames;
        await _writer!.WriteAsync(buffer, start, frames, cancellation);
        await FollowAsync();
    }

    public void SegmentBegins(int segment, int framesAhead) =>
        track.MarkSegment(_begun + _writer!.RingFrames(_frames + framesAhead), segment);

    public void TailBegins() => Ring.MarkTail(_begun + _writer!.RingFrames(_frames));

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        Ring.Complete();
        await track.Heard.OrCancelledAsync(cancellation);
    }

    /// <summary>Ends the line where it is: what was queued is heard, nothing more comes.</summary>
    public void Dispose() => track.Dispose();

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await _writer!.FlushAsync(cancellation);
        await FollowAsync();
    }

    // Where the loudspeaker gave the line up, the task says why.
    private Task FollowAsync() => Ring.IsAbandoned ? track.Heard : Task.CompletedTask;
}
