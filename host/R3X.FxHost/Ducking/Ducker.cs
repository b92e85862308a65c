using System;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>
/// Music that ducks under a voice, and a microphone that does not listen meanwhile: follows the loudspeaker. Its
/// thread, unless a member says otherwise.
/// </summary>
internal sealed class Ducker : IPlayoutObserver
{
    // How far a listener may be behind before the oldest events are dropped.
    private const int MostBehind = 256;

    private readonly VoiceActivity _music;
    private readonly VoiceActivity _microphone;
    private readonly DuckingRamp _ramp;
    private readonly VolumeControl _volume;
    private readonly DeviceTimeline _timeline;
    private readonly Lock _gate = new();
    private readonly double _leadMilliseconds;
    private AudioFormat _format;
    private BackgroundMix? _background;
    private string? _turn;

    public Ducker(DuckingOptions ducking, MicMuteOptions muting, VolumeControl volume, DeviceTimeline timeline)
    {
        (_volume, _timeline) = (volume, timeline);
        _ramp = new DuckingRamp(ducking);
        _leadMilliseconds = ducking.LeadMilliseconds;
        var fade = TimeSpan.FromMilliseconds(ducking.FadeMilliseconds);
        _music = new VoiceActivity(
            timeline,
            0,
            ducking.HoldMilliseconds,
            (isOn, turn, moment) => DuckingEvents.Tell(new DuckingEvent(isOn, isOn ? ducking.TargetDb : 0, fade, turn,
                moment))) { Turned = _ramp.Begin };
        _microphone = new VoiceActivity(
            timeline,
            muting.AheadMilliseconds,
            muting.HoldMilliseconds + muting.MarginMilliseconds,
            (isOn, _, moment) => MicMutes.Tell(new MicMute(isOn, moment)));
    }

    private BackgroundMix? Background => Volatile.Read(ref _background);

    /// <summary>Plays a background in place of the one that plays. Any thread.</summary>
    public void Play(BackgroundTrack track)
    {
        lock (_gate)
        {
            if (_background?.Format != track.Format)
                Volatile.Write(ref _background, new BackgroundMix(track.Format, _volume, _timeline));
            _background!.Play(track);
        }
    }

    /// <inheritdoc/>
    public bool HasSound => Background is { IsActive: true };

    /// <summary>Fades for programs that play music themselves. Any thread.</summary>
    public SpeechEvents<DuckingEvent> DuckingEvents { get; } = new(MostBehind);

    /// <summary>The microphone's spans. Any thread.</summary>
    public SpeechEvents<MicMute> MicMutes { get; } = new(MostBehind);

    /// <summary>Whether the microphone should be muted now. Any thread.</summary>
    public bool IsMicMuted => _microphone.IsHeard;

    /// <inheritdoc/>
    public long VoiceEnd => _microphone.End;

    /// <inheritdoc/>
    public void Restart(AudioFormat format)
    {
        _format = format;
        _ramp.Restart(format);
        if (Background is { } background && background.Format != format)
            background.End(new DeviceException($"The loudspeaker was exchanged for one that runs at {format} instead "
                + $"of {background.Format}. Play it again."));
        _music.Restart(format.SampleRate);
        _microphone.Restart(format.SampleRate);
    }

    /// <inheritdoc/>
    public int LineBegins(string? turn, long frame, int pause)
    {
        _turn = turn;
        // Music may want to go down first.
        int lead = _format.Frames(_leadMilliseconds);
        if (lead == 0)
            return pause;
        int frames = Math.Max(pause, lead);
        long down = frame + frames - lead;
        // It would turn round on its way up, or before.
        if (_music.Covers(down))
            (down, frames) = (frame, pause);
        _music.Voice(down, frame + frames, _turn);
        return frames;
    }

    /// <inheritdoc/>
    public void Announce(long frame, int frames, bool isVoice)
    {
        if (isVoice)
        {
            _music.Voice(frame, frame + frames, _turn);
            _microphone.Voice(frame, frame + frames, _turn);
        }
        else
        {
            _music.Until(frame + frames);
            _microphone.Until(frame + frames);
        }
    }

    /// <inheritdoc/>
    public void AddTo(long frame, AudioBlock speech)
    {
        if (Background is { } background && background.Format == _format)
            background.AddTo(speech, frame, _ramp);
    }

    /// <inheritdoc/>
    public int Accompany(long frame, AudioBlock block)
    {
        if (Background is not { } background || background.Format != _format || !background.IsReady(frame))
            return 0;
        block.Clear();
        return block.Frames;
    }

    /// <inheritdoc/>
    public void TakeBack(long frame)
    {
        _ramp.TakeBack(frame - 1);
        _music.TakeBack(frame);
        _microphone.TakeBack(frame);
    }

    /// <inheritdoc/>
    public void Pause() => Background?.FadeOut();

    /// <inheritdoc/>
    public void Resume() => Background?.FadeIn();

    /// <inheritdoc/>
    public void Fail(Exception failure) => Background?.End(failure);

    /// <inheritdoc/>
    public TimeSpan Rest(TimeSpan wait) => _music.Rest(_microphone.Rest(wait));

    /// <inheritdoc/>
    public void EndNow(long frame)
    {
        _music.EndNow(frame);
        _microphone.EndNow(frame);
    }

    // Nobody is in the microphone's way meanwhile.
    /// <inheritdoc/>
    public void Mute(long frame) => _microphone.EndNow(frame);

    /// <inheritdoc/>
    public void Unmute(long frame)
    {
        if (frame < VoiceEnd)
            _microphone.Voice(frame, VoiceEnd, _turn);
    }

    /// <inheritdoc/>
    public void Close()
    {
        _music.Close();
        _microphone.Close();
        Background?.End(null);
        DuckingEvents.Complete();
        MicMutes.Complete();
    }
}
