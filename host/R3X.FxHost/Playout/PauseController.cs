using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// How what sounds is brought to a halt and goes on: what the device has not played is taken back and fades in its
/// place; after a pause it comes again. Loudspeaker's thread.
/// </summary>
/// <param name="feed">What the device was given.</param>
/// <param name="mix">What sounds.</param>
/// <param name="volume">The volume.</param>
/// <param name="timeline">Told what lies where.</param>
/// <param name="observer">Follows what the device is given.</param>
internal sealed class PauseController(
    DeviceFeed feed, Mixer mix, VolumeControl volume, DeviceTimeline timeline, IPlayoutObserver observer)
{
    private readonly AudioBuffer _fade = new(feed.Format.Channels, feed.Format.Frames(Track.FadeMilliseconds));

    // Up to here, what follows was mixed before and is in the history.
    private long _mixedUntil = feed.Written;
    private long _voiceUntil;
    private int _fadeInFrames;
    private int _fadedIn;

    /// <summary>Whether playback is paused.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>How many frames that were taken back come again before anything is mixed.</summary>
    public long FramesToRepeat => Math.Max(0, _mixedUntil - feed.Written);

    /// <summary>Stands still, or goes on, as told.</summary>
    /// <param name="isPaused">Whether to pause.</param>
    public void Follow(bool isPaused)
    {
        if (isPaused == IsPaused)
            return;
        IsPaused = isPaused;
        if (isPaused)
        {
            long before = feed.Written;
            _voiceUntil = Math.Max(_voiceUntil, observer.VoiceEnd);
            observer.Pause();
            FadeOut(0);
            _mixedUntil = Math.Max(before, _mixedUntil);
        }
        else
        {
            (_fadedIn, _fadeInFrames) = (0, feed.Format.Frames(Track.FadeMilliseconds));
            observer.Resume();
        }
    }

    /// <summary>Fades everything out for good.</summary>
    /// <param name="notBefore">Nothing in front of this frame.</param>
    public void End(long notBefore)
    {
        if (!IsPaused)
            FadeOut(notBefore);
        (_mixedUntil, _voiceUntil) = (feed.Written, 0);
    }

    /// <summary>Takes back what lies behind a frame: something else is mixed in its place.</summary>
    /// <param name="frame">The frame.</param>
    public void TakeBack(long frame)
    {
        feed.TakeBack(frame);
        _mixedUntil = feed.Written;
    }

    /// <summary>Gives the device what had been taken back, as much of it as a block holds.</summary>
    /// <param name="block">Room for it.</param>
    public void Repeat(AudioBlock block)
    {
        AudioBlock again = block.Slice(0, (int)Math.Min(block.Frames, FramesToRepeat));
        feed.ReadBack(feed.Written, again);
        Write(again, feed.Written < _voiceUntil);
    }

    /// <summary>Gives the device frames, the first of them behind a halt faded in.</summary>
    /// <param name="block">The frames.</param>
    /// <param name="isVoice">Whether a line sounds in them.</param>
    public void Write(AudioBlock block, bool isVoice)
    {
        if (_fadedIn < _fadeInFrames)
            _fadedIn += FadeCurve.In(block, _fadedIn, _fadeInFrames);
        feed.Write(block, isVoice);
    }

    // The first frames of what was taken back, and of what would have followed as far as they do not suffice, fade.
    private void FadeOut(long notBefore)
    {
        long known = Math.Max(feed.Written, _mixedUntil);
        long voiceUntil = Math.Max(_voiceUntil, observer.VoiceEnd);
        feed.TakeBack(notBefore);
        // What nobody hears need not fade, and would be heard when the device is back.
        if (feed.IsHolding)
            return;
        AudioBlock fade = _fade.Block(_fade.Frames);
        int frames = (int)Math.Min(fade.Frames, known - feed.Written);
        feed.ReadBack(feed.Written, fade.Slice(0, frames));
        bool isVoice = feed.Written < voiceUntil;
        for (int more = 1; frames < fade.Frames && more > 0; frames += more)
        {
            AudioBlock rest = fade.Slice(frames, fade.Frames - frames);
            more = mix.Fill(rest, feed.Written + frames, withoutLate: true, timeline);
            isVoice |= more > 0 && mix.HasVoice;
            volume.Apply(rest.Slice(0, more), feed.Format.SampleRate);
        }

        if (IsPaused && observer.HasSound)
            frames += observer.Accompany(feed.Written, fade.Slice(frames, fade.Frames - frames));
        fade = fade.Slice(0, frames);
        if (frames == 0)
            return;
        FadeCurve.Out(fade);
        feed.Write(fade, isVoice);
    }
}
