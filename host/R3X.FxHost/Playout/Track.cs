using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Playout;

/// <summary>
/// A line as the loudspeaker sees it: a place in the queue, then frames in the device's format, and a promise to say
/// when they were heard. The line's task opens it, writes and disposes; the loudspeaker's thread reads and ends it.
/// </summary>
internal sealed class Track : ITimelineListener, IDisposable
{
    /// <summary>How much of a line is made ahead: enough for a busy machine, little enough to keep memory
    /// small.</summary>
    public const double RingMilliseconds = 500;

    /// <summary>How long a line that is to end takes to fall silent.</summary>
    public const double FadeMilliseconds = 10;

    /// <summary>
    /// How much of a line is there before it begins to sound, unless it is shorter: a stream that comes at the pace of
    /// speech may then be late by as much less one of its chunks. A file or a fast network has it at once.
    /// </summary>
    public const double StartBufferMilliseconds = 80;

    private const int Started = 0;
    private const int VoiceEnded = 1;
    private const int Over = 2;
    private const int Kinds = 3;

    private readonly Wakeup _changed;
    private readonly Action _interrupt;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _wake;
    private readonly IPlayoutListener? _listener;
    private readonly RingMemory? _memory;
    private readonly ConcurrentQueue<(long Frame, int Segment)> _segments = new();
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TrackRing? _ring;
    private int _disposed;
    private long _origin;
    private long _underruns;
    private volatile bool _wasCut;
    private volatile bool _isRefilling;

    // The loudspeaker's own.
    private int _lead;
    private int _fadeFrames;
    private int _faded;
    private bool _voiceEnded;

    /// <param name="changed">Wakes the loudspeaker's thread.</param>
    /// <param name="cancellation">Cancelled when the line is to end.</param>
    /// <param name="place">Where it stands among those that wait.</param>
    /// <param name="listener">Told when it is heard; null for nobody but <see cref="Heard"/>.</param>
    /// <param name="interrupt">Called when the line is to end; null for nobody.</param>
    /// <param name="memory">Where its ring's memory comes from; null for its own.</param>
    public Track(
        Wakeup changed,
        CancellationToken cancellation,
        QueuePosition place = default,
        IPlayoutListener? listener = null,
        Action? interrupt = null,
        RingMemory? memory = null)
    {
        _memory = memory;
        _changed = changed;
        _cancellation = cancellation;
        _listener = listener;
        Place = place;
        _interrupt = interrupt ?? changed.Set;
        _wake = cancellation.UnsafeRegister(static interrupt => ((Action)interrupt!)(), _interrupt);
    }

    /// <summary>Where it stands among those that wait.</summary>
    public QueuePosition Place { get; }

    /// <summary>The frames; null until the line has a format.</summary>
    public TrackRing? Ring => Volatile.Read(ref _ring);

    /// <summary>
    /// Done when the last frame has left the device, failed when the device did, cancelled with the line. From then on
    /// the ring may be gone, so it is the last thing an end does.
    /// </summary>
    public Task Heard => _heard.Task;

    /// <summary>Done when it takes its turn; never when it ends before.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Whether the line is to end.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>Whether there will be nothing to hear of it.</summary>
    public bool IsEmpty => IsCancelled || (Volatile.Read(ref _disposed) != 0 && Ring is null);

    /// <summary>The device's frame at which it took its turn, a pause in front of it included.</summary>
    public long BeganAt { get; private set; }

    /// <summary>The device's frame at which its frame 0 is heard, as of now: it moves when the line comes late. Any
    /// thread.</summary>
    public long Origin => Volatile.Read(ref _origin);

    /// <summary>How often the loudspeaker had to go on without it because it came late. Any thread.</summary>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <summary>Whether it does not sound, and will not before more of it has come or it is complete. Any
    /// thread.</summary>
    public bool IsWaitingForMore => (_isRefilling || !Begun.IsCompleted) && !IsReady;

    /// <summary>When it took its turn, as the clock counts: its first frames, those of a pause in front of it first, go
    /// to the device then. Any thread, once it is heard.</summary>
    public long BeganTimestamp { get; private set; }

    /// <summary>Since when it might have begun, had it been ready, as the clock counts. Any thread, once it is
    /// heard.</summary>
    public long FreeSince { get; private set; }

    /// <summary>How much silence was put in front of it. Any thread, once it is heard.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>Whether it is fading out.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Whether everything of it has been read.</summary>
    public bool IsThrough => IsLeaving ? _faded >= _fadeFrames : _lead == 0 && Ring!.IsCompleted && Ring.Held == 0;

    /// <summary>Gives the line its ring. The line's task.</summary>
    /// <param name="device">The device's format.</param>
    /// <param name="ringMilliseconds">How much of it may be made ahead.</param>
    public TrackRing Open(AudioFormat device, double ringMilliseconds)
    {
        var ring = new TrackRing(device, device.Frames(ringMilliseconds), _changed, _memory);
        Volatile.Write(ref _ring, ring);
        return ring;
    }

    /// <summary>Says where another segment of the line begins, before it is written. The line's task.</summary>
    /// <param name="frame">Its first frame.</param>
    /// <param name="segment">Its number.</param>
    public void MarkSegment(long frame, int segment) => _segments.Enqueue((frame, segment));

    /// <summary>Whether it may start to sound. Any thread.</summary>
    public bool IsReady => Ring is { } ring
        && (ring.IsCompleted || ring.Held >= Math.Min(ring.Format.Frames(StartBufferMilliseconds), ring.Capacity));

    /// <summary>Takes its turn. Loudspeaker's thread.</summary>
    /// <param name="frame">The device's next frame.</param>
    /// <param name="lead">Frames of silence before it sounds.</param>
    /// <param name="timeline">Where its events go.</param>
    /// <param name="freeSince">Since when it might have begun, as the clock counts.</param>
    /// <param name="now">This moment, as the clock counts.</param>
    public void Begin(long frame, int lead, DeviceTimeline? timeline, long freeSince = 0, long now = 0)
    {
        BeganAt = frame;
        BeganTimestamp = now;
        FreeSince = freeSince;
        Pause = TimeSpan.FromSeconds((double)lead / Ring!.Format.SampleRate);
        _lead = lead;
        Volatile.Write(ref _origin, frame + lead);
        timeline?.Post(new TimelineEntry(frame + lead, this, Started, false) { IsBeginning = true });
        _begun.TrySetResult();
    }

    /// <summary>Begins to fade out, over what is there of the next 10 ms. Loudspeaker's thread.</summary>
    public void Leave()
    {
        if (IsLeaving)
            return;
        IsLeaving = true;
        _fadeFrames = _lead > 0 ? 0 : Math.Min(Ring!.Format.Frames(FadeMilliseconds), Ring.Held);
    }

    /// <summary>It is cut off where the device is. Loudspeaker's thread.</summary>
    public void Cut() => _wasCut = true;

    /// <summary>It had nothing to go on with: it waits until there is a start buffer again. Loudspeaker's
    /// thread.</summary>
    public void Starve()
    {
        if (_isRefilling || IsLeaving || Ring!.IsCompleted)
            return;
        _isRefilling = true;
        Volatile.Write(ref _underruns, _underruns + 1);
    }

    /// <summary>Whether what can be read now is the pause in front of it. Loudspeaker's thread.</summary>
    public bool IsPausing => _lead > 0 && !IsLeaving;

    /// <summary>Frames that can be read now. Loudspeaker's thread.</summary>
    public int Ahead
    {
        get
        {
            if (IsLeaving)
                return _fadeFrames - _faded;
            if (_lead > 0)
                return _lead;
            if (_isRefilling && !IsReady)
                return 0;
            _isRefilling = false;
            return Ring!.Held;
        }
    }

    /// <summary>Reads frames and adds them to others. Loudspeaker's thread.</summary>
    /// <param name="sum">Where to; no more than there are are added.</param>
    /// <param name="scratch">Room for as many.</param>
    /// <param name="frame">The device's frame the first of them will be.</param>
    /// <param name="timeline">Told of what lies in them.</param>
    public void AddTo(AudioBlock sum, AudioBuffer scratch, long frame, DeviceTimeline? timeline)
    {
        int frames = Math.Min(sum.Frames, Ahead);
        if (_lead > 0 && !IsLeaving)
        {
            _lead -= frames;
            return;
        }

        Volatile.Write(ref _origin, frame - Ring!.Position);
        if (IsLeaving)
            AddFaded(sum.Slice(0, frames), scratch.Block(frames));
        else
            Ring.AddTo(sum.Slice(0, frames));
        PostPassed(timeline);
    }

    /// <summary>Ends it when a frame has been heard. Loudspeaker's thread.</summary>
    /// <param name="frame">The device's frame behind its last one.</param>
    /// <param name="timeline">Tells when that is heard.</param>
    public void EndAt(long frame, DeviceTimeline timeline)
    {
        // Where its voice ends was told when all of it had been read.
        if (!_voiceEnded && !_wasCut)
            timeline.Post(new TimelineEntry(frame, this, VoiceEnded, false));
        _voiceEnded = true;
        timeline.Post(new TimelineEntry(frame, this, Over, false));
    }

    /// <inheritdoc/>
    void ITimelineListener.Heard(int what, PlaybackMoment moment)
    {
        switch (what % Kinds)
        {
            case Started:
                _listener?.SegmentStarted(what / Kinds, moment);
                break;
            case VoiceEnded:
                _listener?.VoiceEnded(moment);
                break;
            default:
                _listener?.Ended(moment, _wasCut);
                if (_wasCut)
                    EndCancelled();
                else
                    EndHeard();
                break;
        }
    }

    /// <inheritdoc/>
    void ITimelineListener.Closed() => EndCancelled();

    public void EndHeard()
    {
        Ring?.Abandon();
        _heard.TrySetResult();
    }

    public void EndCancelled()
    {
        Ring?.Abandon();
        _heard.TrySetCanceled(CancellationToken.None);
    }

    public void EndFailed(Exception reason)
    {
        Ring?.Abandon();
        _heard.TrySetException(reason);
    }

    /// <summary>Nothing more comes. The ring goes when the loudspeaker is done with it, too. The line's task.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _wake.Dispose();
        // A cancellation tells its listeners one after the other: this one may have been the last, and is no longer
        // told now.
        if (IsCancelled)
            _interrupt();
        Ring?.Complete();
        _changed.Set();
        if (Ring is { } ring)
            Heard.ContinueWith(static (_, ring) => ((TrackRing)ring!).Dispose(), ring, TaskScheduler.Default);
    }

    private void PostPassed(DeviceTimeline? timeline)
    {
        while (_segments.TryPeek(out (long Frame, int Segment) next) && next.Frame < Ring!.Position
            && _segments.TryDequeue(out next))
            timeline?.Post(new TimelineEntry(_origin + next.Frame, this, Started + (next.Segment * Kinds),
                false) { IsBeginning = true });
        if (_voiceEnded || Ring!.FramesToTail > 0)
            return;
        _voiceEnded = true;
        timeline?.Post(new TimelineEntry(_origin + Ring.Position + Ring.FramesToTail, this, VoiceEnded, false));
    }

    private void AddFaded(AudioBlock sum, AudioBlock block)
    {
        Ring!.Read(block);
        FadeCurve.Out(block, _faded, _fadeFrames);
        _faded += block.Frames;
        FrameRing.Add(block, sum);
    }
}
