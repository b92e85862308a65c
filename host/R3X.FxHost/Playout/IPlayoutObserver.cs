using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// Follows what the device is given, frame by frame, and may add sound under it. Called on the loudspeaker's thread
/// unless a member says otherwise; nothing may wait or allocate. Frames are the device's.
/// </summary>
internal interface IPlayoutObserver
{
    /// <summary>Whether it has sound of its own to add, so that silence goes on being written.</summary>
    bool HasSound { get; }

    /// <summary>The frame behind the last one of the voice.</summary>
    long VoiceEnd { get; }

    /// <summary>Begins with another device.</summary>
    /// <param name="format">Its format.</param>
    void Restart(AudioFormat format);

    /// <summary>A line begins.</summary>
    /// <param name="turn">The name of its turn; null without one.</param>
    /// <param name="frame">The frame at which it takes its turn.</param>
    /// <param name="pause">Frames it is silent anyway.</param>
    /// <returns>Frames it is to be silent before it sounds, at least <paramref name="pause"/>.</returns>
    int LineBegins(string? turn, long frame, int pause);

    /// <summary>Frames are to be written.</summary>
    /// <param name="frame">The first one.</param>
    /// <param name="frames">How many.</param>
    /// <param name="isVoice">Whether a voice is in them.</param>
    void Announce(long frame, int frames, bool isVoice);

    /// <summary>Adds its sound to frames that were announced and are written next.</summary>
    /// <param name="frame">The first one.</param>
    /// <param name="speech">The frames.</param>
    void AddTo(long frame, AudioBlock speech);

    /// <summary>Gives silence to be heard in where no line sounds.</summary>
    /// <param name="frame">The first frame.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames of silence; 0 when it has nothing ready.</returns>
    int Accompany(long frame, AudioBlock block);

    /// <summary>Frames were taken back, or will not come.</summary>
    /// <param name="frame">The first one.</param>
    void TakeBack(long frame);

    /// <summary>What sounds is paused: the next frames fade out.</summary>
    void Pause();

    /// <summary>What sounds goes on: the next frames fade in.</summary>
    void Resume();

    /// <summary>The device plays what it has.</summary>
    /// <param name="wait">How long the loudspeaker's thread has nothing to do.</param>
    /// <returns>How long it has nothing to do, the observer included.</returns>
    TimeSpan Rest(TimeSpan wait);

    /// <summary>The device is gone, and with it the voice.</summary>
    /// <param name="frame">The frame behind the last one.</param>
    void EndNow(long frame);

    /// <summary>Nothing is heard until the device is back.</summary>
    /// <param name="frame">The frame that would be heard next.</param>
    void Mute(long frame);

    /// <summary>The device is back, with what it had not played.</summary>
    /// <param name="frame">The first frame that is heard.</param>
    void Unmute(long frame);

    /// <summary>Playback failed: sound of its own ends.</summary>
    /// <param name="failure">Why.</param>
    void Fail(Exception failure);

    /// <summary>The loudspeaker is gone: nothing more comes. Any thread.</summary>
    void Close();
}
