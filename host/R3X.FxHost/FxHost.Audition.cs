using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Decoding;
using R3X.FxHost.Lines;
using R3X.FxHost.Playback;
using R3X.FxHost.Presets;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;

namespace R3X.FxHost;

// A line that is heard while its preset is edited.
public sealed partial class FxHost
{
    // What is made ahead of the device's own buffer: the change of a setting is heard that much later.
    private const double AuditionRingMilliseconds = 40;

    /// <summary>Makes a line ready to be heard without effects, as a preset is saved, and as it is edited.</summary>
    /// <param name="audio">The line. It is read to its end first; of a long one the first two minutes are
    /// heard.</param>
    /// <param name="saved">The preset as it is saved; null for no effects.</param>
    /// <param name="edited">The preset as it is edited; null for no effects.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    public async Task<Audition> AuditionAsync(
        SpeechAudio audio, Preset? saved, Preset? edited, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        // What is drawn by lot stays, so that only what was edited changes.
        ulong seed = LineChains.NewSeed();
        return await Task.Run(
            async () =>
            {
                LoopedLine line = await LoopedLine.LoadAsync(audio, cancellation);
                return Audition.Create(_chains, line, saved, edited, seed, cancellation);
            },
            cancellation);
    }

    /// <summary>Plays an audition at the loudspeaker until it is cancelled. Lines that are to be spoken wait
    /// meanwhile.</summary>
    /// <param name="audition">The audition; nobody else reads it meanwhile.</param>
    /// <param name="metered">Told of meters, and in how long what they show will be heard; on the thread that reads.
    /// Must not throw or block.</param>
    /// <param name="cancellation">Ends it; the task then ends cancelled, and does not end otherwise but by an
    /// error.</param>
    /// <exception cref="DeviceException">There is no loudspeaker.</exception>
    public Task PlayAuditionAsync(
        Audition audition, Action<AuditionMeters, TimeSpan>? metered, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(audition);
        var sink = new LoudspeakerSink(
            _loudspeaker, _loudspeaker.TakePlace(cancellation), AuditionRingMilliseconds);
        return Task.Run(
            async () =>
            {
                using (sink)
                {
                    await sink.OpenAsync(audition.Format, cancellation);
                    int rate = _loudspeaker.Device().Format.SampleRate;
                    void Tell(AuditionMeters meters) =>
                        metered?.Invoke(meters, TimeSpan.FromSeconds(sink.Unheard / rate));
                    audition.Metered += Tell;
                    try
                    {
                        var block = new AudioBuffer(audition.Format.Channels, audition.Format.Frames(10));
                        for (audition.Begin(); ;)
                        {
                            audition.Read(block.Block(block.Frames));
                            await sink.WriteAsync(block, 0, block.Frames, cancellation);
                        }
                    }
                    finally
                    {
                        audition.Metered -= Tell;
                    }
                }
            },
            CancellationToken.None);
    }
}
