using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

/// <summary>The memory of the whole process: nothing else may run beside.</summary>
[Collection(PacedTests.Name)]
public sealed class MemoryTests
{
    [Fact]
    public async Task Lines_that_have_ended_leave_no_more_behind_than_their_reports()
    {
        await using FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "null",
            DeviceOptions = new OutputDeviceOptions { Paced = false },
        });
        byte[] line = FloatWav.Of(TestSignal.WhiteNoise(-20, 4_800), 48_000);
        var kept = new List<Utterance>();
        await SpeakAsync(100);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await SpeakAsync(300);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        // A line's ring alone has 200 kB.
        Assert.InRange((after - before) / 300.0 / 1_000, double.NegativeInfinity, 20);

        async Task SpeakAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Utterance utterance = host.Queue.Speak(
                    SpeechAudio.FromBytes(line), SpeechSelection.OfPreset(i % 2 == 0 ? "neutral" : "radio"));
                if (i % 3 == 0)
                    utterance.Interrupt();
                await utterance.Finished.WaitAsync(TestContext.Current.CancellationToken);
                kept.Add(utterance);
            }
        }
    }
}
