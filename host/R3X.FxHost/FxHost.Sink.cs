using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Lines;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Sinks;
using R3X.FxHost.Threading;

namespace R3X.FxHost;

// What is played on virtual loudspeakers.
public sealed partial class FxHost
{
    // Every program that plays costs this, all day; a save or a switch is still heard within half a second.
    private static readonly TimeSpan SinkInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Plays what programs play on a virtual loudspeaker, through a chain on the real one, until it is cancelled. The
    /// host's <see cref="FxHostOptions.OpenDevice"/> must be the sink's <see cref="VirtualSink.OpenLoudspeaker"/>.
    /// Another selection, and a preset or <c>host.yaml</c> that is saved, is heard within half a second and without a
    /// click.
    /// </summary>
    /// <param name="sink">The virtual loudspeaker.</param>
    /// <param name="selection">Which sound now; asked every 100 ms, on a thread of the pool.</param>
    /// <param name="news">Told when it begins, then of every change and every mistake; null for nobody.</param>
    /// <param name="cancellation">Ends it; the task then ends cancelled, and does not end otherwise but by an
    /// error.</param>
    /// <exception cref="DeviceException">The real loudspeaker cannot be opened, or the virtual one is gone.</exception>
    public Task PlayAsync(
        VirtualSink sink, Func<SpeechSelection> selection, IProgress<PresetNews>? news, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(selection);
        ulong seed = LineChains.NewSeed();
        var line = new SinkLine(sink, () => new LoudspeakerSink(
            _loudspeaker, _loudspeaker.TakePlace(cancellation), sink.BufferMilliseconds));
        return Task.Run(
            async () =>
            {
                // Before the first sound needs it.
                _ = _loudspeaker.Device();
                var watch = new PresetWatch(() => Choose(Settled(selection())), news, ProblemsOf, SinkInterval);
                await watch.RunAsync(
                    line, line.Prepare, (crossfader, ended) => LineThread.RunAsync(
                        () => line.FeedAsync(crossfader, ended), _loudspeaker.Clock.Source), cancellation);
            },
            CancellationToken.None);

        // What is drawn by lot stays, so that only what was meant to changes.
        SpeechSelection Settled(SpeechSelection now) => now with { Seed = now.Seed ?? seed };
    }
}
