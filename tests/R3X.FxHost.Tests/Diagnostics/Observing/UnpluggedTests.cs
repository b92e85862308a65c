using System;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>What is seen of a loudspeaker that goes and comes, on a real sound server.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class UnpluggedTests(PulseServer server)
{
    [Fact]
    public async Task An_unplugged_loudspeaker_is_in_the_report_the_meters_and_the_log()
    {
        server.AddSilentSink("belly", ObservedHost.Rate, 2, "Belly");
        var options = new OutputDeviceOptions { PulseServer = server.Address, BufferMilliseconds = 100,
            FallBackToDefault = false, WhenDeviceGoes = DeviceLoss.Drop };
        await using (var observed = new ObservedHost(OutputDevices.Open("belly", null, options)))
        {
            Utterance utterance = observed.Host.Queue.Speak(ObservedHost.Noise(4), SpeechSelection.WithoutEffects);
            await ObservedHost.UntilAsync(() => utterance.Position > TimeSpan.FromMilliseconds(300));
            server.RemoveSink("belly");
            await ObservedHost.UntilAsync(
                () => observed.Log.Entries.Count > 0 && utterance.Position > TimeSpan.FromMilliseconds(800));
            server.AddSilentSink("belly", ObservedHost.Rate, 2, "Belly");
            PlaybackReport playback = (await ObservedHost.EndAsync(utterance)).Report!.Playback!;
            Assert.Equal(["lost", "resumed"], playback.DeviceChanges.Select(change => change.Change));
            Assert.All(playback.DeviceChanges, change => Assert.Equal("belly", change.Device));
            Assert.Equal((playback.DeviceChanges[1].At - playback.DeviceChanges[0].At).TotalSeconds,
                playback.NotHeard.TotalSeconds, 1e-4);
            Assert.InRange(playback.NotHeard.TotalSeconds, 0.3, 3.5);
            Assert.Equal(("done", 4, "belly"), (playback.State, playback.Heard.TotalSeconds, playback.Device));
            await ObservedHost.UntilAsync(() => observed.Readings.Of("r3x.fxhost.device.changes").Length == 2);
            Assert.StartsWith(
                "The loudspeaker belly was lost at ", observed.Log.Single("DeviceLost").Text, StringComparison.Ordinal);
            Assert.Contains("PulseAudio says", observed.Log.Single("DeviceLost").Text, StringComparison.Ordinal);
            Assert.Equal("resumed", observed.Log.Single("DeviceBack").Values["Change"]);
        }

        server.RemoveSink("belly");
    }
}
