using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Lights;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>The mood that a droid's lights show while a line is heard.</summary>
public sealed class LineMoodTests
{
    public static TheoryData<SpeechSelection, string> Selections => new()
    {
        { SpeechSelection.OfPreset("excited"), "SPEAK:excited" },
        { SpeechSelection.OfPreset(Path.Combine(Repository.PathOf("presets"), "excited.yaml")), "SPEAK:excited" },
        { SpeechSelection.OfPreset("radio") with { Mood = "sad" }, "SPEAK:sad" },
        { new SpeechSelection { Mood = "curious" }, "SPEAK:curious" },
        { SpeechSelection.Default, "SPEAK:neutral" },
        // What was used in its place has another mood.
        { SpeechSelection.OfPreset("exited"), "SPEAK:neutral" },
        { SpeechSelection.WithoutEffects with { Preset = "excited" }, "SPEAK:excited" },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task Lights_show_the_mood_that_a_line_names_else_the_preset_that_it_names_and_gets(
        SpeechSelection selection, string start)
    {
        await using FxHost host = TestHost.Create();
        Task<string> first = FirstAsync(host.Levels(TestContext.Current.CancellationToken).AsLines());
        byte[] line = FloatWav.Of(TestSignal.Sine(300, -20, 44_100, 4_410), 44_100);
        await host.ProcessAndPlayAsync(SpeechAudio.FromBytes(line), selection, TestContext.Current.CancellationToken);
        Assert.Equal(start, await first);
    }

    private static async Task<string> FirstAsync(IAsyncEnumerable<string> lines)
    {
        await foreach (string line in lines)
            return line;
        throw new InvalidOperationException("No line was said.");
    }
}
