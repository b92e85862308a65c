using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A constant under a line (DC) is not raised with it.</summary>
public sealed class ConstantTests
{
    private const int Rate = 24_000;

    [Theory]
    [InlineData("plain", 0.02f)]
    [InlineData("plain", 0.3f)]
    [InlineData("loud-18", -0.1f)]
    public void A_levelled_line_with_a_constant_sounds_as_without(string preset, float constant)
    {
        using FxHost host = LevelledHost.Create();
        float[] line = LevelledHost.Line("en-us", Rate, -38)[..(3 * Rate)];
        SpeechSelection selection = SpeechSelection.OfPreset(preset) with { Seed = 1 };
        float[] clean = host.ApplyAudioEffects(line, Rate, selection);
        float[] raised = host.ApplyAudioEffects([.. line.Select(sample => sample + constant)], Rate, selection);
        Assert.InRange(Math.Abs(raised.Average()), 0, 0.005f);
        Assert.InRange(Residual.Of(clean, raised), -200, -40);
        // No thump in front, none behind.
        Assert.InRange(raised[..200].Max(Math.Abs), 0, clean[..200].Max(Math.Abs) + 0.02f);
    }

    [Fact]
    public async Task A_live_line_with_a_constant_sounds_as_without()
    {
        using FxHost host = LevelledHost.Create();
        float[] line = LevelledHost.Line("en-us", Rate, -30)[..(3 * Rate)];
        float[] clean = await LiveAsync(host, line, "clean");
        float[] raised = await LiveAsync(host, [.. line.Select(sample => sample + 0.1f)], "raised");
        Assert.InRange(Math.Abs(raised.Average()), 0, 0.002f);
        Assert.InRange(Residual.Of(clean, raised), -200, -40);
    }

    [Fact]
    public void Where_no_level_is_asked_for_a_constant_stays_to_the_last_bit()
    {
        using FxHost host = LevelledHost.Create();
        float[] line = [.. LevelledHost.Line("en-us", Rate, -30)[..Rate].Select(sample => sample + 0.1f)];
        Assert.Equal(
            line, host.ApplyAudioEffects(line, Rate, SpeechSelection.OfPreset("plain") with { KeepsLevel = true }));
        Assert.Equal(line, host.ApplyAudioEffects(line, Rate, SpeechSelection.WithoutEffects));
    }

    private static async Task<float[]> LiveAsync(FxHost host, float[] line, string speaker)
    {
        SpeechAudio audio = SpeechAudio.FromBytes(LevelledHost.Bytes(line), "pcm_24000");
        using var rendered = new MemoryStream();
        await host.RenderAsync(
            audio,
            rendered,
            TestHost.Float,
            SpeechSelection.OfPreset("loud-18")
                with { Seed = 1, Speaker = speaker, StartingGains = StartingGains.Parse("+8,+2,following") },
            TestContext.Current.CancellationToken);
        return TestHost.Samples(rendered.ToArray());
    }
}
