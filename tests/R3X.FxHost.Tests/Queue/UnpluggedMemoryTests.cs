using System;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

[Collection(LoudspeakerTests.Name)]
public sealed class UnpluggedMemoryTests(PulseServer server)
{
    [Fact]
    public async Task A_loudspeaker_that_is_unplugged_again_and_again_leaves_nothing_behind()
    {
        server.AddSilentSink("loose", 48_000, 2, "A loose contact");
        await using FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "loose",
            DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address },
        });
        byte[] line = FloatWav.Of(TestSignal.WhiteNoise(-20, 9_600), 48_000);
        await UnplugAsync(4);
        long before = Kept();
        await UnplugAsync(8);
        long after = Kept();
        server.RemoveSink("loose");
        Assert.InRange((after - before) / 8.0 / 1_000, double.NegativeInfinity, 100);

        // The recording of the default loudspeaker goes on beside it.
        long Kept() => GC.GetTotalMemory(forceFullCollection: true) - server.Default.KeptBytes;

        async Task UnplugAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Utterance utterance = host.Queue.Speak(SpeechAudio.FromBytes(line), SpeechSelection.WithoutEffects);
                server.RemoveSink("loose");
                await utterance.Finished.WaitAsync(TestContext.Current.CancellationToken);
                server.AddSilentSink("loose", 48_000, 2, "A loose contact");
                utterance = host.Queue.Speak(SpeechAudio.FromBytes(line), SpeechSelection.WithoutEffects);
                await utterance.Finished.WaitAsync(TestContext.Current.CancellationToken);
            }
        }
    }
}
