using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Tests.Lines;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>One knob for all of a preset.</summary>
public sealed class AmountTests : IDisposable
{
    // A tin chest, a honk and a metal throat, all of it strong: as a fit to DJ R-3X has it.
    private const string Tube = """
        preset: 1
        chain:
          - eq:
              high-pass: 110 Hz
              low-shelf: 1 kHz
              low-shelf-gain: -8 dB
              presence: 1420 Hz
              presence-gain: 12 dB
              presence-width: 1.5 oct
              low-pass: 10.5 kHz
          - saturation: { drive: 50%, mix: 100% }
          - comb: { delay: 0.83 ms, feedback: 60%, damping: 2 kHz, mix: 100% }
          - room: { size: 5%, decay: 250 ms, damping: 6 kHz, pre-delay: 0 ms, width: 0%, mix: 10% }
          - limiter
        match-loudness: -18 LUFS
        """;

    // The synthesiser's own: above it there is no speech.
    private const int Rate = 22_050;

    private readonly string _folder = TestHost.PresetFolder(
        ("tube", Tube),
        ("half", Tube + "\namount: 50%\n"),
        ("child", "preset: 1\nextends: half\n"),
        ("moving", Tube + "\namount: wobble 40% to 100% at 0.3 Hz\n"),
        ("drawn", Tube + "\namount: random 20% to 60%\n"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(ShippedPresetsTests.Presets), MemberType = typeof(ShippedPresetsTests))]
    public async Task At_0_percent_a_shipped_preset_gives_the_line_back_bit_for_bit_however_it_is_cut(string preset)
    {
        using FxHost host = TestHost.Create();
        // Two seconds.
        byte[] bytes = File.ReadAllBytes(SpokenLine.InFormat("pcm_24000"))[..96_000];
        var line = SpeechAudio.FromBytes(bytes, "pcm_24000");
        float[] dry = await RenderAsync(host, line, SpeechSelection.WithoutEffects);
        SpeechSelection none = SpeechSelection.OfPreset(preset) with { Amount = "0%", KeepsLevel = true };
        foreach (int size in (int[])[1, 1021, 100_000])
        {
            var cut = SpeechAudio.FromChunks(TestHost.InChunksAsync(bytes, size), "pcm_24000");
            Assert.Equal(dry, await RenderAsync(host, cut, none));
        }

        float[] live = host.ApplyAudioEffects(dry, 24_000, none);
        Assert.Equal(dry, live);
    }

    [Theory]
    [InlineData("neutral")]
    [InlineData("happy")]
    [InlineData("excited")]
    [InlineData("tube")]
    public void Each_third_of_an_octave_lies_between_the_line_and_the_whole_preset(string preset)
    {
        using FxHost host = preset == "tube" ? TestHost.Create(presets: _folder) : TestHost.Create();
        foreach (string voice in (string[])["en-us", "en-gb+f3"])
        {
            float[] line = Spoken.Line(Rate, 1, voice);
            double[] Thirds(string amount) => ThirdOctaves(host.ApplyAudioEffects(
                line, Rate, SpeechSelection.OfPreset(preset) with { Amount = amount, KeepsLevel = true, Seed = 1 }));
            double[] dry = Thirds("0%");
            double[] wet = Thirds("100%");
            double floor = dry.Max() - 50;
            foreach (string amount in (string[])["25%", "50%", "75%"])
            {
                double[] some = Thirds(amount);
                for (int i = 0; i < some.Length; i++)
                {
                    if (dry[i] > floor)
                        Assert.InRange(some[i], Math.Min(dry[i], wet[i]) - 1, Math.Max(dry[i], wet[i]) + 1);
                }
            }
        }
    }

    [Theory]
    [InlineData("neutral", 0)]
    [InlineData("tube", 0)]
    [InlineData("tube", 50)]
    public async Task With_levels_on_a_line_is_as_loud_at_every_amount(string preset, int amount)
    {
        using FxHost host = preset == "tube" ? TestHost.Create(presets: _folder) : TestHost.Create();
        var audio = SpeechAudio.FromBytes(LevelledHost.Bytes(LevelledHost.Line("en-us", 24_000, -26)), "pcm_24000");
        float[] heard = await RenderAsync(host, audio, SpeechSelection.OfPreset(preset) with { Amount = $"{amount}%" });
        (double loudness, double peak, _) = Spoken.MeasuredByFfmpeg(heard, 24_000, 1);
        Assert.Equal(-18, loudness, 0.6);
        Assert.InRange(peak, -30, -0.9);
    }

    [Theory]
    [InlineData("neutral", "sweep 0% to 100% over 1 s")]
    [InlineData("excited", "sweep 100% to 0% over 0.3 s")]
    [InlineData("radio", "sweep 100% to 0% over 1 s")]
    [InlineData("tube", "wobble 0% to 100% at 1 Hz")]
    public void Moving_it_under_a_low_tone_makes_no_click(string preset, string modulation)
    {
        using FxHost host = preset == "tube" ? TestHost.Create(presets: _folder) : TestHost.Create();
        float[] tone = Signals.Sine(2 * 44_100, 100, 44_100, Math.Pow(10, -12 / 20.0));
        SpeechSelection selection = SpeechSelection.OfPreset(preset) with { KeepsLevel = true, Seed = 1 };
        double Highs(string amount) =>
            HighestAbove(8000, host.ApplyAudioEffects(tone, 44_100, selection with { Amount = amount }));
        double still = new[] { "25%", "50%", "75%", "100%" }.Max(Highs);
        Assert.InRange(Highs(modulation), -300, Math.Max(-60, still + 1));
    }

    [Fact]
    public async Task The_nearest_amount_wins_and_the_report_says_it()
    {
        await AssertAmountAsync("tube", null, "100%");
        await AssertAmountAsync("half", null, "50%");
        await AssertAmountAsync("child", null, "50%");
        await AssertAmountAsync("child", "30%", "30%");
        await AssertAmountAsync("moving", null, "wobble 40% to 100% at 0.3 Hz");
        File.AppendAllText(Path.Combine(_folder, "host.yaml"), "amount: 80%\n");
        await AssertAmountAsync("tube", null, "80%");
        await AssertAmountAsync("half", null, "50%");
        await AssertAmountAsync("tube", "100%", "100%");
    }

    [Fact]
    public async Task What_was_drawn_for_a_line_is_said_and_repeats_it()
    {
        using FxHost host = TestHost.Create(presets: _folder);
        SpeechSelection drawn = SpeechSelection.OfPreset("drawn") with { Seed = 4 };
        SpeechReport report = await ReportAsync(host, drawn);
        Assert.Equal("random 20% to 60%", report.Amount.Sentence);
        Assert.Matches(@"^[2-5]\d(\.\d+)?%$", report.Amount.Drawn);
        var audio = SpeechAudio.FromFile(SpokenLine.InFormat("wav_44100"));
        float[] again = await RenderAsync(host, audio, drawn with { Amount = report.Amount.Drawn });
        Assert.Equal(await RenderAsync(host, audio, drawn), again);
    }

    [Fact]
    public async Task An_amount_that_cannot_be_costs_no_line_and_is_said()
    {
        using FxHost host = TestHost.Create(presets: _folder);
        SpeechSelection wrong = SpeechSelection.OfPreset("half") with { Amount = "0.7" };
        SpeechReport report = await ReportAsync(host, wrong);
        Assert.Equal("50%", report.Amount.Sentence);
        const string reason = "amount is a percentage from 0% to 100%; \"0.7\" has no unit.";
        Assert.Contains(reason, Assert.Single(report.Warnings), StringComparison.Ordinal);
        PresetDiagnostic said = Assert.Single(host.Check(wrong));
        Assert.Equal(("amount", "Write \"70%\"."), (said.File, said.Fix));
    }

    private async Task AssertAmountAsync(string preset, string? given, string expected)
    {
        using FxHost host = TestHost.Create(presets: _folder);
        SpeechReport report = await ReportAsync(host, SpeechSelection.OfPreset(preset) with { Amount = given });
        Assert.Equal(new MovedSetting("amount", expected, null), report.Amount);
    }

    private static Task<SpeechReport> ReportAsync(FxHost host, SpeechSelection selection) => host.RenderAsync(
        SpeechAudio.FromFile(SpokenLine.InFormat("wav_44100")), Stream.Null, TestHost.Float, selection,
        TestContext.Current.CancellationToken);

    private static async Task<float[]> RenderAsync(FxHost host, SpeechAudio audio, SpeechSelection selection)
    {
        using var output = new MemoryStream();
        SpeechReport report = await host.RenderAsync(
            audio, output, TestHost.Float, selection, TestContext.Current.CancellationToken);
        Assert.Empty(report.Faults);
        return TestHost.Samples(output.ToArray());
    }

    // Mean power of each third of an octave from 100 Hz to 8 kHz, in dB.
    private static double[] ThirdOctaves(float[] line)
    {
        const int Length = 4096;
        double[] power = new double[(Length / 2) + 1];
        for (int at = 0; at + Length <= line.Length; at += Length / 2)
        {
            double[] part = Signals.PowerSpectrum(Windowed(line.AsSpan(at, Length)));
            for (int i = 0; i < power.Length; i++)
                power[i] += part[i];
        }

        return [.. Enumerable.Range(-10, 20).Select(third => Level(1000 * Math.Pow(2, third / 3.0)))];

        double Level(double middle)
        {
            // In lines of the spectrum; those at the edges count in part.
            double low = middle * Math.Pow(2, -1 / 6.0) * Length / Rate;
            double high = middle * Math.Pow(2, 1 / 6.0) * Length / Rate;
            double sum = 1e-12;
            for (int i = 0; i < power.Length; i++)
                sum += power[i] * Math.Clamp(Math.Min(i + 0.5, high) - Math.Max(i - 0.5, low), 0, 1);
            return 10 * Math.Log10(sum);
        }
    }

    // The loudest moment of what is above a frequency, in dBFS of a sine; the line's own beginning and end left out.
    private static double HighestAbove(double frequency, float[] line)
    {
        const int Length = 1024;
        double most = 0;
        for (int at = 4410; at + Length <= line.Length - 4410; at += Length / 4)
        {
            double[] power = Signals.PowerSpectrum(Windowed(line.AsSpan(at, Length)));
            most = Math.Max(most, power.Skip((int)(frequency * Length / 44_100)).Sum());
        }

        // A sine of full scale has (Length / 4)^2 in its middle line under this window, and half as much beside it.
        return 10 * Math.Log10((most / (1.5 * Length * Length / 16.0)) + 1e-30);
    }

    private static float[] Windowed(ReadOnlySpan<float> part)
    {
        float[] windowed = part.ToArray();
        for (int i = 0; i < windowed.Length; i++)
            windowed[i] *= (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / windowed.Length)));
        return windowed;
    }
}
