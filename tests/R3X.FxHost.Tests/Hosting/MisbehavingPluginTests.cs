using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>Real plugins that misbehave from their fifth block on, in a real host.</summary>
public sealed class MisbehavingPluginTests
{
    private const int Rate = 44_100;
    private const int BlockFrames = 1_024;
    private const int FirstBadBlock = 4;

    [Theory]
    [InlineData("throws-on-block-5", FirstBadBlock, 0)]
    [InlineData("emits-nan", FirstBadBlock, 0)]
    [InlineData("returns-1e9", FirstBadBlock, 0)]
    // It is not waited for. On a machine so busy that it has not worked for long when it is back, that block is heard,
    // and it takes four.
    [InlineData("takes-200-ms", FirstBadBlock + 3, 1)]
    public async Task A_sine_goes_on_without_a_click_and_with_one_report(
        string plugin, int lastBadBlock, int blocksHeard)
    {
        string presets = TestHost.PresetFolder(("neutral", $"preset: 1\nchain:\n  - {plugin}\n"));
        using FxHost host = TestHost.Create(presets: presets, plugins: Repository.PathOf("artifacts", "test-plugins"));
        Assert.Empty(host.Check(SpeechSelection.Default));
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate);
        using var output = new MemoryStream();

        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(Pcm(sine), "pcm_44100"), output, TestHost.Float,
                SpeechSelection.Default with { KeepsLevel = true }, TestContext.Current.CancellationToken);

        string fault = Assert.Single(report.Faults);
        Assert.StartsWith($"Step \"{plugin}\" ({plugin} ", fault, StringComparison.Ordinal);
        Match bad = Regex.Match(fault, @" in block (\d+); the rest of the line goes on without it\.$");
        int block = int.Parse(bad.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        Assert.InRange(block, FirstBadBlock, lastBadBlock);
        Assert.True(report.Effects.Single().Bypassed);
        if (fault.Contains("did not return", StringComparison.Ordinal))
            blocksHeard = 0;
        float[] heard = TestHost.Samples(output.ToArray());
        Assert.Equal(sine.Length, heard.Length);
        Assert.InRange(HighBand.Around(heard, (block + blocksHeard) * BlockFrames, Rate), double.NegativeInfinity, -60);
        for (int i = 0; i < heard.Length; i++)
            Assert.Equal(sine[i], heard[i], 1e-4f);
    }

    private static byte[] Pcm(float[] samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan(i * 2), (short)Math.Round(samples[i] * 32768));
        return bytes;
    }
}
