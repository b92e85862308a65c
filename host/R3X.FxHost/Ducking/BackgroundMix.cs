using System;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>
/// A background's share of what the device gets. It is kept apart from the speech: when that is taken back, the same
/// share goes under what comes in its place, so that it neither jumps nor stops. Loudspeaker's thread, unless a member
/// says otherwise; fixed memory.
/// </summary>
/// <param name="format">The device's format.</param>
/// <param name="volume">The loudspeaker's volume.</param>
/// <param name="timeline">Tells when the last of it was heard.</param>
internal sealed class BackgroundMix(AudioFormat format, VolumeControl volume, DeviceTimeline timeline)
{
    // Above it, a sum is bent instead of cut: speech itself stays below after a limiter.
    private const float Straight = 0.9f;

    private readonly FrameRing _history = new(format, format.Frames(DeviceFeed.HistoryMilliseconds));
    private readonly AudioBuffer _share = new(format.Channels, Mixer.MostFrames);
    private BackgroundTrack? _next;
    private BackgroundTrack? _track;
    private long _mixedUntil;
    private bool _fadesOut;
    private int _fadedIn = int.MaxValue;
    private int _fadeFrames;

    /// <summary>The format of its frames.</summary>
    public AudioFormat Format => format;

    /// <summary>Whether anything plays.</summary>
    public bool IsActive => _track is not null || Volatile.Read(ref _next) is not null;

    /// <summary>Whether it can go on by itself.</summary>
    /// <param name="frame">The device's next frame.</param>
    public bool IsReady(long frame) => frame < _mixedUntil || (_track ?? Volatile.Read(ref _next)) is { IsReady: true };

    /// <summary>Plays a track, behind the one that plays. Any thread.</summary>
    public void Play(BackgroundTrack track) => Interlocked.Exchange(ref _next, track)?.End(null);

    /// <summary>Ends what plays where it is.</summary>
    /// <param name="failure">Why; null when nothing is wrong.</param>
    public void End(Exception? failure)
    {
        _track?.End(failure);
        _track = null;
        Interlocked.Exchange(ref _next, null)?.End(failure);
    }

    /// <summary>The next block fades out, and what follows it comes again.</summary>
    public void FadeOut() => _fadesOut = true;

    /// <summary>What follows fades in.</summary>
    public void FadeIn() => (_fadesOut, _fadedIn, _fadeFrames) = (false, 0, format.Frames(Track.FadeMilliseconds));

    /// <summary>Adds its share to speech.</summary>
    /// <param name="speech">The speech, or silence.</param>
    /// <param name="frame">The device's frame the first of them will be.</param>
    /// <param name="ramp">The gain at every frame.</param>
    public void AddTo(AudioBlock speech, long frame, DuckingRamp ramp)
    {
        AudioBlock share = _share.Block(speech.Frames);
        int known = (int)Math.Clamp(_mixedUntil - frame, 0, speech.Frames);
        _history.Read(frame, share.Slice(0, known));
        ReadOn(share.Slice(known, share.Frames - known), frame + known);
        if (_fadesOut)
            FadeCurve.Out(share);
        else if (_fadedIn < _fadeFrames)
            _fadedIn += FadeCurve.In(share, _fadedIn, _fadeFrames);
        _fadesOut = false;
        _history.Write(frame, share);
        _mixedUntil = Math.Max(_mixedUntil, frame + share.Frames);
        ramp.Apply(frame, share);
        for (int channel = 0; channel < speech.Channels; channel++)
            Add(share[channel], speech[channel]);
    }

    private void ReadOn(AudioBlock block, long frame)
    {
        for (int done = 0; done < block.Frames;)
        {
            AudioBlock rest = block.Slice(done, block.Frames - done);
            _track ??= Interlocked.Exchange(ref _next, null);
            if (_track is null)
            {
                rest.Clear();
                return;
            }

            int read = _track.Read(rest, volume.Gain);
            if (read == 0)
            {
                timeline.Post(new TimelineEntry(frame + done, _track, 0, false));
                _track = null;
            }

            done += read;
        }
    }

    private static void Add(ReadOnlySpan<float> share, Span<float> speech)
    {
        for (int i = 0; i < share.Length; i++)
        {
            if (share[i] == 0)
                continue;
            float sum = speech[i] + share[i];
            float over = Math.Abs(sum) - Straight;
            speech[i] = over <= 0
                ? sum : MathF.CopySign(Straight + ((1 - Straight) * MathF.Tanh(over / (1 - Straight))), sum);
        }
    }
}
