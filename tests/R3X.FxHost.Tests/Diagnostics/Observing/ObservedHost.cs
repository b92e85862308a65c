using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>A host with a silent loudspeaker, and what it lets be seen.</summary>
internal sealed class ObservedHost : IAsyncDisposable
{
    public const int Rate = 48_000;

    public ObservedHost(
        IOutputDevice? device = null, string? presets = null, Action? onMeasured = null, params string[] plugins)
    {
        Readings = new MeterReadings(onMeasured);
        Host = FxHost.Create(
            new FxHostOptions
            {
                PresetFolder = presets ?? Repository.PathOf("presets"),
                PluginFolders = plugins,
                OpenDevice = () => device ?? new TroubledDevice(new AudioFormat(Rate, 1)),
            },
            Log,
            Readings);
    }

    public FxHost Host { get; }

    public MeterReadings Readings { get; }

    public HeardLog Log { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Noise of some length.</summary>
    public static SpeechAudio Noise(double seconds) =>
        SpeechAudio.FromBytes(FloatWav.Of(TestSignal.WhiteNoise(-20, (int)(seconds * Rate)), Rate));

    /// <summary>Noise whose second half comes when it is let.</summary>
    public static SpeechAudio Stalled(double seconds, Task stall)
    {
        byte[] bytes = FloatWav.Of(TestSignal.WhiteNoise(-20, (int)(seconds * Rate)), Rate);
        return SpeechAudio.FromChunks(Chunks());

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks(
            [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            yield return bytes.AsMemory(0, bytes.Length / 2);
            await stall.WaitAsync(cancellation);
            yield return bytes.AsMemory(bytes.Length / 2);
        }
    }

    public static async Task<UtteranceEnd> EndAsync(Utterance utterance) =>
        await utterance.Finished.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

    public static async Task UntilAsync(Func<bool> condition)
    {
        for (int left = 20_000; !condition(); left--)
        {
            Assert.True(left > 0, "It did not come to it.");
            await Task.Delay(1, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Readings.Dispose();
    }
}
