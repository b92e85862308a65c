using System;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>
/// What goes along with a voice: music that ducks under it, a microphone that does not listen meanwhile. Loudspeaker's thread, unless
/// a member says otherwise; nothing allocates.
/// </summary>
internal sealed class Ducker
{
    // How far a listener may be behind before the oldest events are dropped.
    private const int MostBehind = 256;

    private readonly VoiceActivity _music;
    private readonly VoiceActivity _microphone;
    private readonly DuckingRamp _ramp;
    private readonly double _leadMilliseconds;
    private AudioFormat _format;
    private BackgroundMix? _background;

    public Ducker(DuckingOptions ducking, MicMuteOptions muting, DeviceClock clock, DeviceTimeline timeline)
    {
        _ramp = new DuckingRamp(ducking);
        _leadMilliseconds = ducking.LeadMilliseconds;
        var fade = TimeSpan.FromMilliseconds(ducking.FadeMilliseconds);
        _music = new VoiceActivity(
            clock,
            timeline,
            0,
            ducking.HoldMilliseconds,
            (isOn, turn, moment) => DuckingEvents.Tell(new DuckingEvent(isOn, isOn ? ducking.TargetDb : 0, fade, turn, Public(moment)))) { Turned = _ramp.Begin };
        _microphone = new VoiceActivity(
            clock,
            timeline,
            muting.AheadMilliseconds,
            muting.HoldMilliseconds + muting.MarginMilliseconds,
            (isOn, _, moment) => MicMutes.Tell(new MicMute(isOn, Public(moment))));
    }

    /// <summary>The built-in background; null before the first one plays. Any thread may put one here.</summary>
    public BackgroundMix? Background
    {
        get => Volatile.Read(ref _background);
        set => Volatile.Write(ref _background, value);
    }

    /// <summary>Whether a background plays.</summary>
    public bool HasBackground => Background is { IsActive: true };

    /// <summary>Fades for programs that play music themselves. Any thread.</summary>
    public SpeechEvents<DuckingEvent> DuckingEvents { get; } = new(MostBehind);

    /// <summary>The microphone's spans. Any thread.</summary>
    public SpeechEvents<MicMute> MicMutes { get; } = new(MostBehind);

    /// <summary>Whether the microphone should be muted now. Any thread.</summary>
    public bool IsMicMuted => _microphone.IsHeard;

    /// <summary>The name of the turn whose voice is written.</summary>
    public string? Turn { get; set; }

    /// <summary>The frame behind the last one of the voice.</summary>
    public long VoiceEnd => _microphone.End;

    /// <summary>Begins with another device.</summary>
    /// <param name="format">Its format.</param>
    public void Restart(AudioFormat format)
    {
        _format = format;
        _ramp.Restart(format);
        if (Background is { } background && background.Format != format)
            background.End(new DeviceException($"The loudspeaker was exchanged for one that runs at {format} instead of {background.Format}. Play it again."));
        _music.Restart(format.SampleRate);
        _microphone.Restart(format.SampleRate);
    }

    /// <summary>How long a line is silent before it sounds: music may want to go down first.</summary>
    /// <param name="frame">The frame at which the line takes its turn.</param>
    /// <param name="pause">Frames it is silent anyway.</param>
    public int LeadIn(long frame, int pause)
    {
        int lead = _format.Frames(_leadMilliseconds);
        if (lead == 0)
            return pause;
        int frames = Math.Max(pause, lead);
        long down = frame + frames - lead;
        // It would turn round on its way up, or before.
        if (_music.Covers(down))
            (down, frames) = (frame, pause);
        _music.Voice(down, frame + frames, Turn);
        return frames;
    }

    /// <summary>Frames are to be written.</summary>
    /// <param name="frame">The first one.</param>
    /// <param name="frames">How many.</param>
    /// <param name="isVoice">Whether a voice is in them.</param>
    public void Announce(long frame, int frames, bool isVoice)
    {
        if (isVoice)
        {
            _music.Voice(frame, frame + frames, Turn);
            _microphone.Voice(frame, frame + frames, Turn);
        }
        else
        {
            _music.Until(frame + frames);
            _microphone.Until(frame + frames);
        }
    }

    /// <summary>Adds the background to frames that were announced and are written next.</summary>
    /// <param name="frame">The first one.</param>
    /// <param name="speech">The frames.</param>
    public void Join(long frame, AudioBlock speech)
    {
        if (Background is { } background && background.Format == _format)
            background.AddTo(speech, frame, _ramp);
    }

    /// <summary>Gives silence for the background to be heard in.</summary>
    /// <param name="frame">The first frame.</param>
    /// <param name="block">Where to.</param>
    /// <returns>How much; 0 when there is no background.</returns>
    public int Accompany(long frame, AudioBlock block)
    {
        if (Background is not { } background || background.Format != _format || !background.IsReady(frame))
            return 0;
        block.Clear();
        return block.Frames;
    }

    /// <summary>Frames were taken back, or will not come.</summary>
    /// <param name="frame">The first one.</param>
    public void TakeBack(long frame)
    {
        _ramp.TakeBack(frame - 1);
        _music.TakeBack(frame);
        _microphone.TakeBack(frame);
    }

    /// <inheritdoc cref="VoiceActivity.Rest"/>
    public TimeSpan Rest(TimeSpan wait) => _music.Rest(_microphone.Rest(wait));

    /// <inheritdoc cref="VoiceActivity.EndNow"/>
    public void EndNow(long frame)
    {
        _music.EndNow(frame);
        _microphone.EndNow(frame);
    }

    /// <summary>Nothing is heard until the device is back: nobody is in the microphone's way.</summary>
    /// <param name="frame">The frame that would be heard next.</param>
    public void Mute(long frame) => _microphone.EndNow(frame);

    /// <summary>The device is back, with what it had not played.</summary>
    /// <param name="frame">The first frame that is heard.</param>
    public void SoundAgain(long frame)
    {
        if (frame < VoiceEnd)
            _microphone.Voice(frame, VoiceEnd, Turn);
    }

    /// <summary>The loudspeaker is gone: what is on is told to be over, and nothing more comes. Any thread.</summary>
    public void Close()
    {
        _music.Close();
        _microphone.Close();
        Background?.End(null);
        DuckingEvents.Complete();
        MicMutes.Complete();
    }

    private static UtteranceMoment Public(HeardMoment moment) => new(moment.DeviceTime, moment.Timestamp);
}
