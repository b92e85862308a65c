using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Exporting;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Exporting;

/// <summary>What an exported program says, and what is refused.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-export-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_program_is_written_with_the_gains_of_a_line_and_compiles()
    {
        string file = Path.Combine(_folder.FullName, "dj.dsp");
        (await R3xProcess.RunAsync(_folder.FullName, "presets", "export", "dj-r3x", "--as", "faust", "-o", file))
            .Ended(0);
        string text = await File.ReadAllTextAsync(file);
        Assert.StartsWith("// DJ R-3X: the preset \"dj-r3x\" of R3X.FxHost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("reference gain[unit:dB]\", 0,", text, StringComparison.Ordinal);
        Assert.All(text.Split("\n"), line => Assert.True(line.Length <= 120 || line.StartsWith('d'), line));
        using var stereo = new CompiledFaust("-double", "-O0", text.Replace("channels = 1;", "channels = 2;"));
        float[][] heard = stereo.Process(DraftLine.Demo(22_050)[..22_050], 22_050);
        Assert.Equal(2, heard.Length);
        Assert.Equal(heard[0], heard[1]);
        Assert.Contains(heard[0], sample => Math.Abs(sample) > 0.1);
    }

    [Fact]
    public async Task A_preset_with_an_effect_that_cannot_be_exported_is_refused_until_it_may_be_left_out()
    {
        string[] words = ["presets", "export", "radio", "--as", "faust", "--starting-gains", "+1,-2"];
        R3xRun refused = await R3xProcess.RunAsync(_folder.FullName, words);
        refused.Ended(2, "bit-crush", "--without-missing");
        Assert.Empty(refused.Output);
        R3xRun left = await R3xProcess.RunAsync(_folder.FullName, [.. words, "--without-missing"]);
        left.Ended(0, "Left out: bit-crush");
        Assert.Contains("// Left out: bit-crush", left.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bit_crush", left.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_said()
    {
        (await R3xProcess.RunAsync(null, "presets", "export", "neutral", "--as", "vst")).Ended(2, "faust");
        (await R3xProcess.RunAsync(null, "presets", "export", "neutrl", "--as", "faust")).Ended(2, "neutral");
        (await R3xProcess.RunAsync(null, "presets", "export", "neutral", "--as", "faust", "--line", "no.wav",
            "--starting-gains", "+1,-2")).Ended(2, "Leave one of them out");
        (await R3xProcess.RunAsync(null, "presets", "export", "neutral", "--as", "faust", "--line", "no.wav"))
            .Ended(2, "no.wav");
    }

    [Fact]
    public void Settings_are_controls_with_their_units_and_ranges_and_movements_move()
    {
        string text = Text("- my-tube: { effect: comb, delay: wobble 7 ms to 9 ms at 0.5 Hz, mix: 35% }");
        Assert.Contains("my_tube_step = comb[ramp = glide;](delay,", text, StringComparison.Ordinal);
        Assert.Contains(
            "mix = hslider(\"v:[1]my-tube/[4]mix[unit:%]\", 35, 0, 100, 0.1);", text, StringComparison.Ordinal);
        Assert.Contains(
            "    // wobble 7 ms to 9 ms at 0.5 Hz\n    delay = equal_ratios(\n", text, StringComparison.Ordinal);
        Assert.Contains("delay from[unit:ms][scale:log]\", 7, 0.5, 30, 0.01)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_effects_share_only_what_is_used_is_written()
    {
        string text = Text("- gain");
        Assert.Contains("decibels_to_gain(db)", text, StringComparison.Ordinal);
        Assert.Contains("glide(value) =", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wobble(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("section(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_is_in_the_values_and_one_that_moves_is_refused()
    {
        double full = 35, half = full * Math.Pow(0.5, 0.7);
        Assert.Contains(FormattableString.Invariant($"mix[unit:%]\", {half:R}, 0,"),
            Text("- comb: { mix: 35% }", "amount: 50%\n"), StringComparison.Ordinal);
        FaustProgram moving = Write("- comb", "amount: wobble 40% to 100% at 0.3 Hz\n");
        Assert.Null(moving.Text);
        Assert.Contains("amount moves", moving.Refusal, StringComparison.Ordinal);
        FaustProgram late = Write("- limiter\n  - last: { effect: limiter }", "amount: 50%\n");
        Assert.Equal(
            "limiter, since the preset's amount mixes it with its input", Assert.Single(late.Missing).ToString());
    }

    [Fact]
    public void A_draw_is_that_of_the_seed()
    {
        const string Steps = "- comb: { delay: random 2 ms to 20 ms }";
        string[] drawn = [Text(Steps, seed: 0), Text(Steps, seed: 0), Text(Steps, seed: 1)];
        Assert.Equal(drawn[0], drawn[1]);
        Assert.NotEqual(drawn[0], drawn[2]);
        Assert.Contains("// random 2 ms to 20 ms", drawn[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_does_not_take_the_effects_settings_is_named()
    {
        DirectoryInfo plugin = _folder.CreateSubdirectory("gain");
        foreach (string file in Directory.GetFiles(Repository.PathOf("plugins", "gain")))
            File.Copy(file, Path.Combine(plugin.FullName, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(plugin.FullName, "gain.dsp"), "gain(volume) = _;\n");
        IEffectCatalogue catalogue = FxHost.FindEffects([_folder.FullName]);
        Preset preset = LoosePreset.Read("preset: 1\nchain: [gain]\n", "one.yaml", catalogue).Preset!;
        MissingStep missing = Assert.Single(new FaustExport().Write(preset, catalogue).Missing);
        Assert.EndsWith("gain.dsp does not define gain(level)", missing.Reason, StringComparison.Ordinal);
    }

    private static string Text(string steps, string top = "", ulong seed = 0) => Write(steps, top, seed).Text!;

    private static FaustProgram Write(string steps, string top = "", ulong seed = 0)
    {
        using FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"), PluginFolders = [Repository.PathOf("plugins")],
        });
        PresetReading reading = LoosePreset.Read($"preset: 1\n{top}chain:\n  {steps}\n", "one.yaml", host.Effects);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return new FaustExport { Seed = seed }.Write(reading.Preset!, host.Effects);
    }
}
