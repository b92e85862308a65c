using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Lines;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A preset that moves, spoken by a host.</summary>
public sealed class ModulationTests : IDisposable
{
    private const string Moving = """
        preset: 1
        name: Moving
        chain:
          - comb: { delay: wobble 7 ms to 9 ms at 0.5 Hz, mix: random 20% to 40% }
          - gain: { level: pick -6 dB or -3 dB or 0 dB }
          - limiter
        """;

    private readonly string _folder = TestHost.PresetFolder(("moving", Moving));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_report_says_what_moved_and_what_was_drawn()
    {
        (SpeechReport report, _) = await SpeakAsync(seed: 7);
        Assert.Equal(["delay", "mix"], report.Effects[0].Moved.Select(moved => moved.Setting));
        Assert.Equal(new MovedSetting("delay", "wobble 7 ms to 9 ms at 0.5 Hz", null), report.Effects[0].Moved[0]);
        Assert.Equal("random 20% to 40%", report.Effects[0].Moved[1].Sentence);
        Assert.Matches(@"^[23]\d(\.\d{1,3})?%$", report.Effects[0].Moved[1].Drawn);
        Assert.Matches("^(-6|-3|0) dB$", report.Effects[1].Moved.Single().Drawn);
        Assert.Empty(report.Effects[2].Moved);
    }

    [Fact]
    public async Task The_same_seed_repeats_the_line_and_another_draws_anew()
    {
        (SpeechReport report, float[] samples) = await SpeakAsync(seed: 7);
        Assert.Equal(samples, (await SpeakAsync(seed: 7)).Samples);
        (SpeechReport other, float[] otherSamples) = await SpeakAsync(seed: 8);
        Assert.NotEqual(report.Effects[0].Moved[1].Drawn, other.Effects[0].Moved[1].Drawn);
        Assert.NotEqual(samples, otherSamples);
    }

    [Fact]
    public async Task What_the_report_says_was_drawn_repeats_the_line_when_it_is_set()
    {
        (SpeechReport report, float[] samples) = await SpeakAsync(seed: 7);
        string still = Moving
            .Replace("random 20% to 40%", report.Effects[0].Moved[1].Drawn, StringComparison.Ordinal)
            .Replace("pick -6 dB or -3 dB or 0 dB", report.Effects[1].Moved[0].Drawn, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "moving.yaml"), still, TestContext.Current.CancellationToken);
        Assert.Equal(samples, (await SpeakAsync(seed: 99)).Samples);
    }

    private async Task<(SpeechReport Report, float[] Samples)> SpeakAsync(ulong seed)
    {
        using FxHost host = TestHost.Create(presets: _folder);
        byte[] bytes = await File.ReadAllBytesAsync(
            SpokenLine.InFormat("pcm_24000"), TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        SpeechSelection selection = SpeechSelection.OfPreset("moving") with { Seed = seed };
        SpeechReport report = await host.RenderAsync(SpeechAudio.FromBytes(bytes, "pcm_24000"), output, TestHost.Float,
            selection, TestContext.Current.CancellationToken);
        Assert.Empty(report.Faults);
        return (report, TestHost.Samples(output.ToArray()));
    }
}
