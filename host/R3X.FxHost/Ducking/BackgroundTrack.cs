using System;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>A background as the loudspeaker sees it: frames out of a ring, at its level. Loudspeaker's thread; nothing
/// waits or allocates.</summary>
/// <param name="sound">Told what becomes of it.</param>
/// <param name="ring">The frames.</param>
internal sealed class BackgroundTrack(BackgroundSound sound, TrackRing ring) : ITimelineListener
{
    // So much is there before it begins, or goes on after it ran out.
    private const double StartMilliseconds = 200;

    private readonly GainRamp _gain = new();
    private readonly int _fadeFrames = ring.Format.Frames(Track.FadeMilliseconds);
    private bool _isWaiting = true;
    private int _fadedIn = int.MaxValue;
    private long _stopFrames = -1;
    private long _stopped;

    /// <summary>The format of its frames.</summary>
    public AudioFormat Format => ring.Format;

    /// <summary>Whether there is something to go on with, its end included.</summary>
    public bool IsReady => sound.StopMilliseconds >= 0 || ring.IsCompleted
        || ring.Held >= (_isWaiting ? ring.Format.Frames(StartMilliseconds) : 1);

    /// <summary>Reads what comes next. Where it ran out it is silent, with a fade on both sides.</summary>
    /// <param name="block">Where to.</param>
    /// <param name="volume">The loudspeaker's gain.</param>
    /// <returns>Frames read; 0 when it is over.</returns>
    public int Read(AudioBlock block, float volume)
    {
        if (_stopFrames < 0 && sound.StopMilliseconds is var stop and >= 0)
            _stopFrames = _isWaiting ? 0 : (long)(stop * ring.Format.SampleRate / 1000);
        if (_stopFrames >= 0)
        {
            if (_stopped >= _stopFrames)
                return 0;
            block = block.Slice(0, (int)Math.Min(block.Frames, _stopFrames - _stopped));
        }

        if (_isWaiting && !IsReady)
            return Silence(block);
        // Asked before the ring, so that nothing written in between is lost.
        bool isCompleted = ring.IsCompleted;
        int held = ring.Held;
        int frames = ring.Read(block);
        if (frames == 0)
            return isCompleted ? 0 : Silence(block);
        _isWaiting = false;
        block = block.Slice(0, frames);
        _gain.Apply(block, volume * (float)Math.Pow(10, sound.LevelDb / 20), ring.Format.SampleRate);
        if (_fadedIn < _fadeFrames)
            _fadedIn += FadeCurve.In(block, _fadedIn, _fadeFrames);
        if (!isCompleted && held <= frames)
            FadeCurve.Out(block.Slice(Math.Max(0, frames - _fadeFrames), Math.Min(frames, _fadeFrames)));
        if (_stopFrames >= 0)
        {
            FadeCurve.Out(block, _stopped, _stopFrames);
            _stopped += frames;
        }

        return frames;
    }

    /// <summary>It ends where it is.</summary>
    /// <param name="failure">Why; null when nothing is wrong.</param>
    public void End(Exception? failure)
    {
        if (failure is not null)
            sound.Fail(failure);
        ring.Abandon();
        sound.Finish();
    }

    void ITimelineListener.Heard(int what, PlaybackMoment moment) => End(null);

    private int Silence(AudioBlock block)
    {
        block.Clear();
        if (!_isWaiting)
            (_isWaiting, _fadedIn) = (true, 0);
        return block.Frames;
    }
}
