using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playout;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Ducking;

/// <summary>
/// Music or ambience under speech: it makes way for voices as <see cref="DuckingOptions"/> say, follows volume and
/// mute, pauses with the queue, and goes on through interruptions. One sound at a time. Any thread; no member waits for
/// the loudspeaker.
/// </summary>
public sealed class BackgroundPlayer
{
    // Decoded ahead: enough for a disk that has to wake up.
    private const double RingMilliseconds = 2_000;

    private readonly Loudspeaker _loudspeaker;
    private readonly Ducker _ducker;
    private readonly HostSignals _signals;
    private BackgroundSound? _current;

    internal BackgroundPlayer(Loudspeaker loudspeaker, Ducker ducker, HostSignals signals)
    {
        (_loudspeaker, _ducker, _signals) = (loudspeaker, ducker, signals);
    }

    /// <summary>What plays or is about to; null when nothing does.</summary>
    public BackgroundSound? Current =>
        Volatile.Read(ref _current) is { Finished.IsCompleted: false } playing ? playing : null;

    /// <summary>Plays a file, in place of what plays. What cannot be read is silent, and says so in
    /// <see cref="BackgroundSound.Failure"/> and the log.</summary>
    /// <param name="audio">Music or ambience. It is read while it plays, two seconds ahead.</param>
    /// <param name="isLooped">Whether it begins again where it ends, without a gap. A stream plays once.</param>
    /// <param name="levelDb">How loud it is while nobody speaks, in dB, -60 to 0.</param>
    /// <exception cref="ObjectDisposedException">The host was disposed.</exception>
    public BackgroundSound Play(
        SpeechAudio audio, bool isLooped = true, double levelDb = BackgroundSound.DefaultLevelDb)
    {
        ArgumentNullException.ThrowIfNull(audio);
        ObjectDisposedException.ThrowIf(_loudspeaker.IsClosed, _loudspeaker);
        var sound = new BackgroundSound(audio, levelDb, _loudspeaker.Wake);
        Interlocked.Exchange(ref _current, sound)?.Stop(TimeSpan.FromMilliseconds(Track.FadeMilliseconds));
        _ = LineThread.RunAsync(() => PlayAsync(sound, isLooped), _loudspeaker.Clock.Source);
        return sound;
    }

    /// <summary>Fades out what plays.</summary>
    /// <param name="fade">How long that takes; null takes half a second.</param>
    public void Stop(TimeSpan? fade = null) => Current?.Stop(fade);

    private async Task PlayAsync(BackgroundSound sound, bool isLooped)
    {
        TrackRing? ring = null;
        try
        {
            ring = _loudspeaker.OpenRing(RingMilliseconds);
            _ducker.Play(new BackgroundTrack(sound, ring));
            _loudspeaker.Wake();
            await new BackgroundSource(sound.Audio, ring).RunAsync(isLooped, sound.Ended);
        }
        catch (OperationCanceledException)
        {
            // It was stopped, and has been heard.
        }
        catch (Exception e)
        {
            sound.Fail(e);
        }

        ring?.Complete();
        if (ring is null)
            sound.Finish();
        await sound.Finished;
        ring?.Dispose();
        if (sound.Failure is not null and not ObjectDisposedException)
            _signals.BackgroundFailed(sound.Audio.Name, sound.Failure);
    }
}
