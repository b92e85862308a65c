using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>Lines that are still arriving: they start from what is known of their speaker and follow slowly.</summary>
public sealed class LiveLevelTests
{
    private const int Rate = 24_000;
    private const int Chunk = 960;

    [Theory]
    [InlineData("en-us", -25, "plain")]
    [InlineData("en-us", -15, "plain")]
    [InlineData("en-us+f3", -30, "plain")]
    [InlineData("en-gb+m7", -10, "plain")]
    [InlineData("en-us", -25, "loud-18")]
    [InlineData("en-us", -15, "loud-18")]
    [InlineData("en-us+f3", -30, "loud-18")]
    [InlineData("en-gb+m7", -12, "loud-18")]
    public async Task After_three_seconds_a_voice_is_as_loud_as_it_is_to_be(
        string voice, double arriving, string preset)
    {
        using FxHost host = LevelledHost.Create();
        (float[] heard, SpeechReport report) = await LiveAsync(
            host, LevelledHost.Line(voice, Rate, arriving), SpeechSelection.OfPreset(preset));
        Assert.True(report.StartingGains!.Follows);
        Assert.Equal(LevelledHost.TargetOf(preset), Loudness(heard[(3 * Rate)..(6 * Rate)]), 2.0);
        Assert.Equal(LevelledHost.TargetOf(preset), Loudness(heard[(3 * Rate)..]), 2.0);
    }

    [Fact]
    public async Task However_a_stream_is_cut_the_gain_is_the_same_to_the_last_bit()
    {
        using FxHost host = LevelledHost.Create();
        float[] line = LevelledHost.Line("en-us", Rate, -27);
        SpeechSelection nobody = SpeechSelection.OfPreset("loud-18") with { Seed = 3 };
        (float[] first, _) = await LiveAsync(host, line, nobody with { Speaker = "1" });
        foreach (int chunk in (int[])[2, 34, 1_021, 40_000])
        {
            (float[] cut, _) = await LiveAsync(host, line, nobody with { Speaker = $"{chunk}" }, chunk);
            Assert.Equal(first, cut);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("plain-18")]
    public async Task The_gain_moves_by_at_most_3_dB_a_second_and_then_stands(string preset)
    {
        using FxHost host = LevelledHost.Create();
        float[] noise = Signals.Noise(10 * Rate, 0.35);
        (float[] heard, _) = await LiveAsync(host, noise, SpeechSelection.OfPreset(preset));
        double[] gains = [.. Enumerable.Range(0, 100).Select(i => Gain(noise, heard, i * Rate / 10, Rate / 10))];
        Assert.InRange(Math.Abs(gains[^1] - gains[0]), 6, 20);
        for (int i = 1; i < gains.Length; i++)
            Assert.InRange(Math.Abs(gains[i] - gains[i - 1]), 0, 0.301);
        Assert.InRange(gains[60..].Max() - gains[60..].Min(), 0, 0.5);
    }

    [Fact]
    public async Task Loud_and_soft_words_stay_loud_and_soft()
    {
        using FxHost host = LevelledHost.Create();
        // Ten seconds of noise that is 8 dB softer every other half second.
        float[] noise =
            [.. Signals.Noise(10 * Rate, 0.3).Select((sample, i) => i / (Rate / 2) % 2 == 0 ? sample : sample * 0.4f)];
        (float[] heard, _) = await LiveAsync(host, noise, SpeechSelection.OfPreset("plain"));
        double[] gains = [.. Enumerable.Range(5, 15).Select(i => Gain(noise, heard, i * Rate / 2, Rate / 2))];
        Assert.InRange(gains.Max() - gains.Min(), 0, 1.0);
    }

    [Fact]
    public async Task A_speakers_second_line_starts_where_the_first_one_ended()
    {
        using FxHost host = LevelledHost.Create();
        SpeechSelection rex = SpeechSelection.OfPreset("loud-18") with { Speaker = "rex" };
        float[] line = LevelledHost.Line("en-us", Rate, -30);
        (_, SpeechReport first) = await LiveAsync(host, line, rex);
        (float[] heard, SpeechReport second) = await LiveAsync(host, line, rex);
        (_, SpeechReport other) = await LiveAsync(host, line, rex with { Speaker = "somebody else" });
        Assert.Equal(0, first.StartingGains!.ReferenceDb, 0.1);
        Assert.Equal(10, second.StartingGains!.ReferenceDb, 0.3);
        Assert.Equal(0, other.StartingGains!.ReferenceDb, 0.1);
        Assert.Equal(-18, Loudness(heard[..(3 * Rate)]), 2.0);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("hiss")]
    [InlineData("noise")]
    public async Task A_line_that_is_no_voice_teaches_nothing(string kind)
    {
        using FxHost host = LevelledHost.Create();
        SpeechSelection rex = SpeechSelection.OfPreset("loud-18") with { Speaker = "rex" };
        float[] voice = LevelledHost.Line("en-us", Rate, -30);
        (_, _) = await LiveAsync(host, voice, rex);
        (_, SpeechReport before) = await LiveAsync(host, voice, rex);
        float[] line = Signals.Noise(3 * Rate, kind switch { "silence" => 0, "hiss" => 0.001, _ => 20 });
        (_, _) = await LiveAsync(host, line, rex);
        using var measured = new MemoryStream();
        SpeechAudio held = SpeechAudio.FromBytes(LevelledHost.Bytes(line), "pcm_24000");
        await host.RenderAsync(held, measured, TestHost.Float, rex, TestContext.Current.CancellationToken);
        (_, SpeechReport after) = await LiveAsync(host, voice, rex);
        Assert.Equal(before.StartingGains!.ReferenceDb, after.StartingGains!.ReferenceDb, 0.3);
        Assert.Equal(before.StartingGains.MatchDb, after.StartingGains.MatchDb, 0.3);
    }

    [Fact]
    public async Task A_live_line_is_replayed_exactly_from_a_recording()
    {
        using FxHost host = LevelledHost.Create();
        float[] line = LevelledHost.Line("en-us", Rate, -27);
        SpeechSelection selection = SpeechSelection.OfPreset("loud-18") with { Seed = 3, Speaker = "rex" };
        (_, _) = await LiveAsync(host, line, selection);
        (float[] live, SpeechReport report) = await LiveAsync(host, line, selection);
        using FxHost elsewhere = LevelledHost.Create();
        using var replayed = new MemoryStream();
        await elsewhere.RenderAsync(
            SpeechAudio.FromBytes(LevelledHost.Bytes(line), "pcm_24000"), replayed, TestHost.Float,
                selection with { StartingGains = StartingGains.Parse(report.StartingGains!.ToString()) },
                TestContext.Current.CancellationToken);
        Assert.Equal(live, TestHost.Samples(replayed.ToArray()));
    }

    [Fact]
    public async Task A_pause_does_not_raise_the_gain()
    {
        using FxHost host = LevelledHost.Create();
        float[] voice = LevelledHost.Line("en-us", Rate, -20);
        float[] line = [.. voice[..(4 * Rate)], .. Signals.Noise(5 * Rate, 0.0005), .. voice[..(4 * Rate)]];
        (float[] heard, _) = await LiveAsync(host, line, SpeechSelection.OfPreset("plain"));
        Assert.Equal(Gain(line, heard, 3 * Rate, Rate / 2), Gain(line, heard, 9 * Rate, Rate / 2), 0.6);
    }

    private static async Task<(float[] Heard, SpeechReport Report)> LiveAsync(
        FxHost host, float[] line, SpeechSelection selection, int chunk = Chunk)
    {
        using var pipe = new Pipe();
        IAsyncEnumerable<ReadOnlyMemory<byte>> chunks = TestHost.InChunksAsync(LevelledHost.Bytes(line), chunk);
        SpeechReport report = await host.RenderAsync(SpeechAudio.FromChunks(chunks, "pcm_24000"), pipe, TestHost.Float,
            selection, TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join("\n", report.Faults));
        return (TestHost.Samples(pipe.ToArray()), report);
    }

    private static double Gain(float[] dry, float[] wet, int start, int frames) =>
        10 * Math.Log10(Power(wet, start, frames) / Power(dry, start, frames));

    private static double Power(float[] samples, int start, int frames) =>
        samples.Skip(start).Take(frames).Sum(sample => (double)sample * sample);

    private static double Loudness(float[] samples) => Spoken.MeasuredByFfmpeg(samples, Rate, 1).Integrated;

    // A stream that cannot seek: nobody will come back to its header, so nothing is held back.
    private sealed class Pipe : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
