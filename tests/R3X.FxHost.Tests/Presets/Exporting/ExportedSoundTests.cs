using System.Globalization;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Exporting;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Exporting;

/// <summary>Exported presets, compiled by faust and g++, beside what the host makes of the same line in draft
/// quality.</summary>
public sealed class ExportedSoundTests(ITestOutputHelper output)
{
    // Faust and g++ take much longer over one large program than over a few.
    private const int StepsAtOnce = 9;

    private static readonly StartingGains Gains = new(4.5, -3.25);

    // Steps of presets, and how far below the sound the difference may be, in dB. What only filters, adds or multiplies
    // is to null below -60.
    private static readonly (string Steps, double Most)[] Steps =
    [
        ("gain: { level: -7 dB }", -100),
        ("gain: { level: wobble -12 dB to 6 dB at 7 Hz }", -100),
        ("eq: { high-pass: 180 Hz, presence-gain: 9 dB, presence-width: 0.5 oct, low-shelf-gain: 6 dB,"
            + " high-shelf-gain: -8 dB, low-pass: 7 kHz }", -100),
        ("eq: { high-pass: 20 Hz, presence-gain: -11 dB, presence-width: 4 oct, low-shelf-gain: -12 dB,"
            + " high-shelf-gain: 12 dB, high-shelf: 15 kHz }", -100),
        ("eq: { high-pass: sweep 20 Hz to 400 Hz over 2 s, presence: wobble 1 kHz to 3 kHz at 4 Hz,"
            + " presence-gain: 12 dB, low-shelf-gain: wobble -6 dB to 6 dB at 1 Hz }", -80),
        ("band-pass: { low-edge: 300 Hz, high-edge: 3 kHz, body-gain: 6 dB }", -100),
        ("band-pass: { low-edge: 22 Hz, high-edge: 20 kHz, body: 700 Hz, body-gain: 18 dB }", -100),
        ("comb: { delay: 8 ms }", -100),
        ("comb: { delay: 0.8 ms, feedback: 90%, damping: 2.8 kHz, mix: 90% }", -80),
        ("comb: { delay: 21.3 ms, feedback: -60%, feedforward: 70%, damping: 20 kHz, mix: 60% }", -100),
        ("comb: { delay: wobble 0.74 ms to 0.84 ms at 3 Hz, feedback: 65%, mix: 90% }", -80),
        ("delay: { time: 12 ms, feedback: 50%, damping: 6 kHz, mix: 15% }", -100),
        ("delay: { time: 250 ms, feedback: 80%, damping: 20 kHz, mix: wobble 10% to 90% at 2 Hz }", -100),
        ("ring-mod: { frequency: 75 Hz, mix: 60% }", -80),
        ("tremolo: { rate: wobble 2 Hz to 120 Hz at 0.5 Hz, depth: 80% }", -80),
        ("chorus-flanger: { mix: 50% }", -80),
        ("chorus-flanger: { delay: 20 ms, rate: 5 Hz, feedback: -70%, mix: 100% }", -80),
        ("compressor: { threshold: -30 dB, ratio: 8:1, attack: 1 ms, release: 30 ms, knee: 0 dB, make-up: 8 dB }", -80),
        ("compressor: { threshold: wobble -40 dB to -10 dB at 3 Hz, knee: 12 dB, release: 600 ms }", -80),
        ("gate: { threshold: -30 dB, hold: 20 ms, release: 40 ms }", -80),
        ("de-esser: { threshold: -50 dB, amount: 24 dB }", -80),
        ("de-esser: { threshold: -40 dB, frequency: wobble 3 kHz to 8 kHz at 2 Hz }", -80),
        ("saturation: { drive: 55% }", -80),
        ("saturation: { drive: follow loudness 0% to 90% in 80 ms, mix: 70% }", -80),
        ("exciter: { drive: 60%, mix: 100%, frequency: 1.5 kHz }", -80),
        ("limiter: { ceiling: -16 dB, release: 30 ms }", -80),
        ("limiter: { ceiling: wobble -20 dB to -10 dB at 1 Hz, look-ahead: 5 ms }", -80),
    ];

    [Fact]
    public void Every_effect_sounds_as_in_the_host_whatever_its_settings()
    {
        using FxHost host = Host();
        Assert.All(Steps.Chunk(StepsAtOnce), some =>
        {
            Preset[] presets = [.. some.Select(step => Read(host, $"preset: 1\nchain:\n  - {step.Steps}\n"))];
            string[] programs = [.. presets.Select(preset => Exported(host, preset))];
            using var compiled = new CompiledFaust("-double", "-O1", programs);
            Assert.All((int[])[22_050, 44_100, 48_000], rate =>
            {
                float[] line = DraftLine.Demo(rate)[..(2 * rate)];
                float[][] heard = compiled.Process(line, rate);
                Assert.All(some, (step, at) =>
                {
                    float[] expected = DraftLine.Processed(presets[at], line, rate, Gains);
                    double residual = DraftLine.Residual(expected, heard[at]);
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{rate} {residual:0.0} {step.Steps}"));
                    Assert.True(residual < step.Most, string.Create(
                        CultureInfo.InvariantCulture, $"{step.Steps} at {rate} Hz differs by {residual:0.0} dB."));
                });
            });
        });
    }

    [Fact]
    public void The_neutral_preset_nulls_and_can_be_told_from_another()
    {
        using FxHost host = Host();
        Preset neutral = host.Presets.Find("neutral").Preset!;
        using var compiled = new CompiledFaust("-double", "-O1", Exported(host, neutral));
        float[] line = DraftLine.Demo(44_100);
        float[] heard = compiled.Process(line, 44_100)[0];
        Assert.InRange(DraftLine.Residual(DraftLine.Processed(neutral, line, 44_100, Gains), heard), -300, -80);
        Preset other = host.Presets.Find("whisper").Preset!;
        Assert.InRange(DraftLine.Residual(DraftLine.Processed(other, line, 44_100, Gains), heard), -20, 20);
    }

    [Fact]
    [Trait("Length", "Long")]
    public void Every_preset_that_can_be_exported_nulls_at_every_rate()
    {
        using FxHost host = Host();
        int exported = 0;
        foreach (string id in host.Presets.ListIds())
        {
            Preset preset = host.Presets.Find(id).Preset!;
            if (new FaustExport().Write(preset, host.Effects).Text is null)
                continue;
            exported++;
            foreach ((string options, double most) in ((string, double)[])[("-double", -80), ("-single", -40)])
            {
                using var compiled = new CompiledFaust(options, "-O3", Exported(host, preset));
                foreach (int rate in (int[])[16_000, 22_050, 24_000, 44_100, 48_000, 96_000])
                {
                    float[] line = DraftLine.Demo(rate);
                    double residual = DraftLine.Residual(
                        DraftLine.Processed(preset, line, rate, Gains), compiled.Process(line, rate)[0]);
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{id} {options} {rate} {residual:0.0} dB {compiled.NanosecondsAFrame:0.0} ns"));
                    Assert.True(residual < most, $"{id} {options} {rate}: {residual}");
                }
            }
        }

        Assert.True(exported >= 12);
    }

    private static FxHost Host() => FxHost.Create(new FxHostOptions
    {
        PresetFolder = Repository.PathOf("presets"), PluginFolders = [Repository.PathOf("plugins")],
    });

    private static Preset Read(FxHost host, string text)
    {
        PresetReading reading = LoosePreset.Read(text, "one.yaml", host.Effects);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return reading.Preset!;
    }

    private static string Exported(FxHost host, Preset preset)
    {
        FaustProgram program = new FaustExport { Gains = Gains }.Write(preset, host.Effects);
        Assert.Empty(program.Missing);
        return program.Text!;
    }
}
