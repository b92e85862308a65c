using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Encoding;
using R3X.FxHost.Levelling;
using R3X.FxHost.Lines;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A line that is measured goes on from where it was measured, and is to the last bit the line that knew its
/// gains from the start.</summary>
public sealed class MeasuredLineTests
{
    private const int Rate = 44_100;
    private const int BlockFrames = ChainSetup.MaxBlockFrames;

    private static readonly AudioFormat Mono = new(Rate, 1);

    [Theory]
    // The second is long enough for two threads.
    [InlineData("neutral", 3, 1)]
    [InlineData("neutral", 25, 1)]
    [InlineData("neutral", 13, 2)]
    [InlineData("whisper", 3, 1)]
    [InlineData("sad", 14, 2)]
    [InlineData("glitch", 3, 1)]
    [InlineData("angry", 3, 1)]
    [InlineData("no-limiter", 13, 1)]
    [InlineData("only-limiter", 13, 1)]
    [InlineData("two-limiters", 13, 2)]
    [InlineData("goes-by-the-line", 3, 1)]
    // Louder than the gain makes it, so that the first try is too loud and rings longer.
    [InlineData("rings-behind", 25, 2)]
    public async Task A_measured_line_is_the_line_that_was_given_its_gains(string preset, int seconds, int channels)
    {
        const string head = "preset: 1\nmatch-loudness: -15 LUFS\nchain:\n  - eq\n  - ";
        string folder = TestHost.PresetFolder(
            ("no-limiter", head + "comb: { delay: sweep 9 ms to 13 ms over 3 s }\n"),
            ("only-limiter", "preset: 1\nmatch-loudness: -12 LUFS\nchain:\n  - limiter\n"),
            ("two-limiters",
                head + "limiter\n  - comb\n  - second: { effect: limiter, ceiling: -3 dB }\n  - tremolo\n"),
            ("rings-behind", head + "limiter\n  - comb: { feedback: 90%, mix: 100% }\n"),
            ("goes-by-the-line", head + "limiter: { ceiling: follow loudness -12 dB to -1 dB in 80 ms }\n"));
        foreach (string shipped in Directory.GetFiles(Repository.PathOf("presets"), "*.yaml").Where(
            path => !path.EndsWith("host.yaml", StringComparison.Ordinal)))
            File.Copy(shipped, Path.Combine(folder, Path.GetFileName(shipped)));
        using FxHost host = TestHost.Create(presets: folder);
        byte[] wav = Wav(Signals.Voice(seconds * Rate, Rate), channels);
        SpeechSelection selection = SpeechSelection.OfPreset(preset) with { Seed = 5 };
        using var measured = new MemoryStream();
        using var given = new MemoryStream();

        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(wav), measured, TestHost.Float, selection, TestContext.Current.CancellationToken);
        SpeechReport replay = await host.RenderAsync(
            SpeechAudio.FromBytes(wav), given, TestHost.Float, selection with { StartingGains = report.StartingGains },
                TestContext.Current.CancellationToken);

        Assert.NotEqual(0, report.StartingGains!.MatchDb);
        Assert.True(measured.ToArray().AsSpan().SequenceEqual(given.ToArray()));
        Assert.Equal("", string.Join("\n", report.Faults.Concat(report.Warnings)));
        Assert.Equal(replay.OutputDuration, report.OutputDuration);
        Assert.Equal(replay.EffectLatency, report.EffectLatency);
        Assert.Equal(replay.Notes, report.Notes);
        Assert.Equal(replay.Effects.Select(Reduction), report.Effects.Select(Reduction));
        Assert.All(report.Effects, effect => Assert.True(effect.ProcessingTime > TimeSpan.Zero));
    }

    [Theory]
    [InlineData("throws-on-block-5", "limiter: { ceiling: -12 dB }")]
    [InlineData("limiter: { ceiling: -12 dB }", "throws-on-block-5")]
    public async Task A_fault_on_either_side_of_the_gain_is_met_once_and_where_a_replay_meets_it(
        string first, string last)
    {
        // So low a ceiling that the first gain does not land.
        string folder = TestHost.PresetFolder(
            ("faulty", $"preset: 1\nmatch-loudness: -18 LUFS\nchain:\n  - {first}\n  - {last}\n"));
        using FxHost host = TestHost.Create(presets: folder, plugins: Repository.PathOf("artifacts", "test-plugins"));
        byte[] wav = Wav(Signals.Voice(2 * Rate, Rate), 1);
        SpeechSelection selection = SpeechSelection.OfPreset("faulty") with { Seed = 5 };
        using var measured = new MemoryStream();
        using var given = new MemoryStream();
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(wav), measured, TestHost.Float, selection, TestContext.Current.CancellationToken);
        SpeechReport replay = await host.RenderAsync(
            SpeechAudio.FromBytes(wav), given, TestHost.Float, selection with { StartingGains = report.StartingGains },
                TestContext.Current.CancellationToken);
        Assert.Contains("in block 4", Assert.Single(report.Faults), StringComparison.Ordinal);
        Assert.Equal(replay.Faults, report.Faults);
        Assert.Equal(first.StartsWith("throws", StringComparison.Ordinal), report.Effects[0].Bypassed);
        Assert.NotEqual(report.Effects[0].Bypassed, report.Effects[1].Bypassed);
        Assert.Equal(given.ToArray(), measured.ToArray());
    }

    [Fact]
    public async Task A_line_whose_gain_takes_several_tries_is_written_once()
    {
        string folder = TestHost.PresetFolder(
            ("hot", "preset: 1\nmatch-loudness: -12 LUFS\nchain:\n  - limiter: { ceiling: -6 dB }\n"));
        using FxHost host = TestHost.Create(presets: folder);
        var wav = SpeechAudio.FromBytes(Wav(Signals.Voice(2 * Rate, Rate), 1));
        SpeechSelection selection = SpeechSelection.OfPreset("hot");
        using var alone = new MemoryStream();
        using var between = new CountingStream("before"u8);
        between.Position = 6;
        await host.RenderAsync(
            wav, alone, OutputFormat.Wav, selection with { Seed = 5 }, TestContext.Current.CancellationToken);
        await host.RenderAsync(
            wav, between, OutputFormat.Wav, selection with { Seed = 5 }, TestContext.Current.CancellationToken);
        Assert.Equal([.. "before"u8, .. alone.ToArray()], between.ToArray());
        Assert.InRange(between.Bytes, alone.Length - 1_000, alone.Length + 1_000);
    }

    [Fact]
    public void Steps_in_front_of_the_gain_hear_a_line_once()
    {
        long heard = 0;
        ChainPlan plan = TestEffect.Plan(
            TestEffect.Slot((block, _) => heard += block.Frames, latencyFrames: 7),
            TestEffect.Slot((_, _) => { }, step: "last", role: EffectRole.Limiter)) with { MatchLoudness = -18 };
        float[][] line = [Signals.Voice(2 * Rate, Rate)];
        using MeasuredTake held = AppliedAudio.Hold(Mono, line);
        var leveller = new Leveller(new LoudnessTargets(-20, -18), new SpeakerHistory(), "", null);
        using LineStart start = leveller.Prepare(
            plan, new ChainSetup(Mono), held, TestContext.Current.CancellationToken);
        AppliedAudio.Apply(start, line, out _);
        // And the block of silence that warms it up.
        Assert.Equal(line[0].Length + 7 + BlockFrames, heard);
    }

    [Theory]
    [InlineData(EffectRole.Tone)]
    [InlineData(EffectRole.Limiter)]
    public void Measuring_can_be_called_off(EffectRole role)
    {
        using var called = new CancellationTokenSource();
        long blocks = 0;
        ChainPlan plan = TestEffect.Plan(TestEffect.Slot(
            (_, index) =>
            {
                blocks++;
                if (index == 20)
                    called.Cancel();
            },
            role: role)) with { MatchLoudness = -18 };
        using MeasuredTake held = AppliedAudio.Hold(Mono, [Signals.Voice(5 * Rate, Rate)]);
        var leveller = new Leveller(new LoudnessTargets(-20, -18), new SpeakerHistory(), "", null);
        Assert.Throws<OperationCanceledException>(
            () => leveller.Prepare(plan, new ChainSetup(Mono), held, called.Token));
        Assert.InRange(blocks, 20, 25);
    }

    // A mean of the blocks' means, and the blocks are others.
    private static (double? Most, double? Mean) Reduction(EffectReport effect) =>
        (effect.Reduction?.Most, effect.Reduction is { } reduction ? Math.Round(reduction.Mean, 5) : null);

    private sealed class CountingStream : MemoryStream
    {
        public CountingStream(ReadOnlySpan<byte> start) => base.Write(start);

        public long Bytes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Bytes += buffer.Length;
            base.Write(buffer);
        }
    }

    // Quieter in the second channel.
    private static byte[] Wav(float[] voice, int channels)
    {
        using var wav = new MemoryStream();
        using IEncoder encoder = Encoders.Open(
            wav, new AudioFormat(Rate, channels), TestHost.Float.Name, 0, SampleFormat.Float32);
        var buffer = new AudioBuffer(channels, voice.Length);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < voice.Length; i++)
                buffer[channel][i] = 0.3f / (1 + channel) * voice[(i + (100 * channel)) % voice.Length];
        }

        encoder.Write(buffer.Block(voice.Length));
        encoder.Complete();
        return wav.ToArray();
    }
}
