using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Lines;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

public sealed class FallbackTests
{
    [Fact]
    public async Task An_unknown_preset_through_the_library_is_spoken_with_the_default_and_reported()
    {
        using FxHost host = TestHost.Create();
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromFile(SpokenLine.InFormat("wav_44100")), Stream.Null, OutputFormat.Wav,
                SpeechSelection.OfPreset("exited"), TestContext.Current.CancellationToken);
        Assert.Equal("dj-r3x", report.Preset);
        Assert.Contains(report.Warnings, warning => warning.Contains("There is no preset \"exited\" here.",
            StringComparison.Ordinal) && warning.Contains("\"excited\"", StringComparison.Ordinal));
        Assert.Contains("\"dj-r3x\" was used instead.", report.Warnings);
    }

    [Fact]
    public void A_preset_edited_between_two_lines_is_heard_in_the_second()
    {
        string folder = TestHost.PresetFolder(
            ("neutral", "preset: 1\nchain:\n  - eq: { presence-gain: 0 dB, high-pass: 20 Hz }\n"));
        using FxHost host = TestHost.Create(presets: folder);
        float[] line = TestSignal.Sine(4000, -20, 44_100, 44_100);
        double before = Rms(host.ApplyAudioEffects(line, 44_100));
        File.WriteAllText(Path.Combine(folder, "neutral.yaml"),
            "preset: 1\nchain:\n  - eq: { presence-gain: 12 dB, high-pass: 20 Hz }\n");
        double after = Rms(host.ApplyAudioEffects(line, 44_100));
        Assert.Equal(12, 20 * Math.Log10(after / before), 0.2);
    }

    [Fact]
    public void Samples_come_back_as_long_as_they_went_in_and_the_tail_apart()
    {
        using FxHost host = TestHost.Create();
        var click = new float[2 * 1000];
        click[1998] = 0.5f;
        click[1999] = 0.25f;
        float[] wet = host.ApplyAudioEffects(click, 44_100, SpeechSelection.OfPreset("neutral"), 2, out float[] tail);
        Assert.Equal(click.Length, wet.Length);
        Assert.InRange(Math.Abs(wet[1998]), 0.05, 1);
        Assert.All(wet[..1000], sample => Assert.InRange(Math.Abs(sample), 0, 1e-6));
        // The comb's first echo, 8 ms on.
        Assert.InRange(tail.Skip(2 * 330).Take(2 * 60).Max(Math.Abs), 0.005, 0.5);
    }

    [Fact]
    public void One_setting_can_be_changed_for_one_line()
    {
        using FxHost host = TestHost.Create();
        float[] line = TestSignal.WhiteNoise(-30, 4_410);
        SpeechSelection neutral = SpeechSelection.OfPreset("neutral");
        float[] plain = host.ApplyAudioEffects(line, 44_100, neutral);
        Assert.Equal(plain, host.ApplyAudioEffects(line, 44_100, neutral with { Overrides = ["comb.mix=25%"] }));
        Assert.NotEqual(plain, host.ApplyAudioEffects(line, 44_100, neutral with { Overrides = ["comb.mix=40%"] }));
    }

    private static double Rms(float[] samples) =>
        Math.Sqrt(samples.Skip(4410).Average(sample => (double)sample * sample));
}
