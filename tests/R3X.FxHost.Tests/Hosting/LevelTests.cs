using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>Lines that are complete: measured first, and as loud as they are to be, by ffmpeg's meter.</summary>
public sealed class LevelTests
{
    private const int Rate = 24_000;

    [Theory]
    [InlineData("en-us", -30)]
    [InlineData("en-us", -20)]
    [InlineData("en-us", -10)]
    [InlineData("en-us+f3", -27)]
    [InlineData("en-gb+m7", -14)]
    public void In_front_of_the_chain_a_line_is_brought_to_the_reference(string voice, double arriving)
    {
        using FxHost host = LevelledHost.Create();
        Assert.Equal(-20, Loudness(host.ApplyAudioEffects(
            LevelledHost.Line(voice, Rate, arriving), Rate, SpeechSelection.OfPreset("plain"))), 0.2);
    }

    [Theory]
    [InlineData("en-us", -30, "loud-18")]
    [InlineData("en-us", -10, "loud-18")]
    [InlineData("en-us+f3", -20, "loud-18")]
    [InlineData("en-us", -30, "loud-13")]
    [InlineData("en-gb+m7", -10, "loud-13")]
    [InlineData("en-us+f3", -20, "no-limiter")]
    public void What_leaves_the_chain_is_as_loud_as_the_preset_says_whatever_the_limiter_takes_away(
        string voice, double arriving, string preset)
    {
        using FxHost host = LevelledHost.Create();
        float[] wet = host.ApplyAudioEffects(
            LevelledHost.Line(voice, Rate, arriving), Rate, SpeechSelection.OfPreset(preset));
        Assert.Equal(LevelledHost.TargetOf(preset), Loudness(wet), 0.3);
    }

    [Fact]
    public async Task A_stream_written_to_a_file_is_measured_first_however_it_was_cut()
    {
        using FxHost host = LevelledHost.Create();
        byte[] line = LevelledHost.Bytes(LevelledHost.Line("en-us", Rate, -31));
        SpeechSelection selection = SpeechSelection.OfPreset("loud-18") with { Seed = 1 };
        using var whole = new MemoryStream();
        using var cut = new MemoryStream();
        await host.RenderAsync(SpeechAudio.FromBytes(line, "pcm_24000"), whole, TestHost.Float, selection,
            TestContext.Current.CancellationToken);
        await host.RenderAsync(SpeechAudio.FromChunks(TestHost.InChunksAsync(line, 997), "pcm_24000"), cut,
            TestHost.Float, selection, TestContext.Current.CancellationToken);
        Assert.Equal(-18, Loudness(TestHost.Samples(whole.ToArray())), 0.3);
        Assert.Equal(whole.ToArray(), cut.ToArray());
    }

    [Fact]
    public async Task A_report_names_the_gains_and_with_them_a_replay_is_exact()
    {
        using FxHost host = LevelledHost.Create();
        SpeechAudio Line() =>
            SpeechAudio.FromBytes(LevelledHost.Bytes(LevelledHost.Line("en-us", Rate, -26)), "pcm_24000");
        SpeechSelection selection = SpeechSelection.OfPreset("loud-18") with { Seed = 1 };
        using var first = new MemoryStream();
        using var again = new MemoryStream();
        using var other = new MemoryStream();
        SpeechReport report = await host.RenderAsync(
            Line(), first, OutputFormat.Wav, selection, TestContext.Current.CancellationToken);
        Assert.Equal(6, report.StartingGains!.ReferenceDb, 0.1);
        StartingGains read = StartingGains.Parse(report.StartingGains.ToString());
        Assert.Equal(report.StartingGains, read);
        await host.RenderAsync(Line(), again, OutputFormat.Wav, selection with { StartingGains = read },
            TestContext.Current.CancellationToken);
        await host.RenderAsync(Line(), other, OutputFormat.Wav,
            selection with { StartingGains = read with { MatchDb = 0 } }, TestContext.Current.CancellationToken);
        Assert.Equal(first.ToArray(), again.ToArray());
        Assert.NotEqual(first.ToArray(), other.ToArray());
    }

    [Fact]
    public void Left_alone_a_level_is_left_alone_to_the_last_bit()
    {
        float[] line = LevelledHost.Line("en-us", Rate, -27);
        using FxHost host = LevelledHost.Create();
        Assert.Equal(
            line, host.ApplyAudioEffects(line, Rate, SpeechSelection.OfPreset("plain") with { KeepsLevel = true }));
        Assert.InRange(Loudness(host.ApplyAudioEffects(
            line, Rate, SpeechSelection.OfPreset("loud-18") with { KeepsLevel = true })), -35, -25);
        using FxHost off = LevelledHost.Create("off");
        Assert.Equal(line, off.ApplyAudioEffects(line, Rate, SpeechSelection.OfPreset("plain")));
        // The preset's own loudness is another matter.
        Assert.Equal(-18, Loudness(off.ApplyAudioEffects(line, Rate, SpeechSelection.OfPreset("loud-18"))), 0.3);
    }

    [Fact]
    public async Task A_preset_without_a_loudness_of_its_own_gets_no_second_gain()
    {
        using FxHost host = LevelledHost.Create();
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(LevelledHost.Bytes(LevelledHost.Line("en-us", Rate, -26)), "pcm_24000"), Stream.Null,
                OutputFormat.Wav, SpeechSelection.OfPreset("plain"), TestContext.Current.CancellationToken);
        Assert.Equal(0, report.StartingGains!.MatchDb);
    }

    [Fact]
    public void Silence_and_hiss_are_not_made_loud()
    {
        using FxHost host = LevelledHost.Create();
        float[] silence = new float[2 * Rate];
        Assert.Equal(silence, host.ApplyAudioEffects(silence, Rate, SpeechSelection.OfPreset("loud-18")));
        // Below the gate of -70 LUFS, and just above it.
        float[] hiss = Signals.Noise(2 * Rate, 0.0002);
        Assert.InRange(Peak(host.ApplyAudioEffects(hiss, Rate, SpeechSelection.OfPreset("plain"))), 0, 0.0003);
        float[] faint = Signals.Noise(2 * Rate, 0.001);
        Assert.InRange(Peak(host.ApplyAudioEffects(faint, Rate, SpeechSelection.OfPreset("loud-18"))), 0.005, 0.05);
    }

    [Fact]
    public void A_word_too_short_to_measure_is_as_loud_as_its_speaker_was()
    {
        using FxHost host = LevelledHost.Create();
        SpeechSelection rex = SpeechSelection.OfPreset("plain") with { Speaker = "rex" };
        float[] line = LevelledHost.Line("en-us", Rate, -30);
        float[] word = line[Rate..(Rate + (Rate * 3 / 10))];
        Assert.Equal(word, host.ApplyAudioEffects(word, Rate, rex));
        _ = host.ApplyAudioEffects(line, Rate, rex);
        float[] known = host.ApplyAudioEffects(word, Rate, rex);
        Assert.Equal(10, 20 * Math.Log10(Peak(known) / Peak(word)), 0.2);
        Assert.Equal(word, host.ApplyAudioEffects(word, Rate, rex with { Speaker = "somebody else" }));
    }

    private static double Peak(float[] samples) => samples.Max(Math.Abs);

    private static double Loudness(float[] samples) => Spoken.MeasuredByFfmpeg(samples, Rate, 1).Integrated;
}
