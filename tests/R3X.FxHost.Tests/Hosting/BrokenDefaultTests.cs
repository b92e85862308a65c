using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A default preset that cannot be used silences no line that named none.</summary>
public sealed class BrokenDefaultTests : IDisposable
{
    private const string Sound = "preset: 1\nchain:\n  - gain: { level: -6 dB }\n  - limiter\n";
    private const string Broken = "preset: 1\nchain:\n  - nonsense\n";
    private const string BuiltIn = "The default \"neutral\" cannot be used; the built-in chain is used instead.";

    private readonly string _folder = TestHost.PresetFolder(("plain", Sound));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Broken)]
    [InlineData("preset: 1\nchian:\n  - limiter\n")]
    [InlineData("preset: 1\nextends: nobody\n")]
    [InlineData("preset: 1\nchain: [\n")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Where_it_never_could_be_used_the_built_in_chain_sounds_and_the_report_says_so(string? text)
    {
        if (text is not null)
            Save("neutral", text);
        await using FxHost host = TestHost.Create(presets: _folder);
        SpeechReport report = await SpeakAsync(host);
        Assert.Equal("built-in", report.Preset);
        Assert.Equal(BuiltIn, report.Choice);
        Assert.Contains(BuiltIn, report.Warnings);
        string why = text is null ? "There is no preset" : "neutral.yaml";
        Assert.Contains(report.Warnings, warning => warning.Contains(why, StringComparison.Ordinal));
        string[] chain = ["eq", "compressor", "exciter", "saturation", "comb", "limiter"];
        Assert.Equal(chain, report.Effects.Select(effect => effect.Effect));
        Assert.Empty(host.Check(SpeechSelection.Default));
    }

    [Fact]
    public async Task A_default_that_is_misspelt_while_the_host_lives_leaves_the_one_before_it()
    {
        Settings("default: plain");
        await using FxHost host = TestHost.Create(presets: _folder);
        // Not even a line was spoken with it before.
        Settings("default: plian");
        SpeechReport report = await SpeakAsync(host);
        Assert.Equal("plain", report.Preset);
        Assert.Contains(
            "The default \"plian\" cannot be used; \"plain\", the default before it, is used instead.",
                report.Warnings);
        Settings("default: plain");
        Assert.Empty((await SpeakAsync(host)).Warnings);
    }

    [Fact]
    public async Task A_default_that_breaks_while_the_host_lives_leaves_its_last_good_version()
    {
        Settings("default: plain");
        await using FxHost host = TestHost.Create(presets: _folder);
        await SpeakAsync(host);
        Save("plain", Broken);
        SpeechReport report = await SpeakAsync(host);
        Assert.Equal("plain", report.Preset);
        Assert.Contains(report.Warnings, warning => warning.Contains("last good version", StringComparison.Ordinal));
        File.Delete(Path.Combine(_folder, "plain.yaml"));
        Assert.Equal("plain", (await SpeakAsync(host)).Preset);
    }

    [Fact]
    public async Task A_named_preset_and_the_default_both_broken_still_leave_the_built_in_chain()
    {
        Save("neutral", Broken);
        await using FxHost host = TestHost.Create(presets: _folder);
        SpeechReport report = await SpeakAsync(host, SpeechSelection.OfPreset("plian"));
        Assert.Equal("built-in", report.Preset);
        Assert.Contains(BuiltIn, report.Warnings);
        Assert.Contains(report.Warnings, warning => warning.Contains("Write \"plain\"", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.Contains("\"nonsense\"", StringComparison.Ordinal));
        Assert.Contains(
            host.Check(SpeechSelection.OfPreset("plian")), mistake => mistake.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_change_for_one_line_that_does_not_fit_the_built_in_chain_costs_a_warning()
    {
        Save("neutral", Broken);
        await using FxHost host = TestHost.Create(presets: _folder);
        SpeechSelection changed = SpeechSelection.Default with { Overrides = ["comb.mix=40%", "tube.mix=3%"] };
        Assert.All(host.Check(changed), mistake => Assert.Equal(DiagnosticSeverity.Warning, mistake.Severity));
        SpeechReport report = await SpeakAsync(host, changed);
        Assert.Equal("40%", report.Effects.Single(effect => effect.Effect == "comb").Settings["mix"]);
        Assert.Contains(
            report.Warnings, warning => warning.Contains("\"tube\" is not a step", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("host: 1\n\tdefault: plain\n")]
    [InlineData("host: [\n")]
    [InlineData("\u0000")]
    public async Task A_host_yaml_that_nobody_can_read_leaves_the_usual_default(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "host.yaml"), text);
        Save("neutral", Sound);
        await using FxHost host = TestHost.Create(presets: _folder, plugins: Repository.PathOf("plugins"));
        SpeechReport report = await SpeakAsync(host);
        Assert.Equal("neutral", report.Preset);
        Assert.Contains(host.SettingsDiagnostics, mistake => mistake.Severity == DiagnosticSeverity.Error);
        Assert.Contains(
            "Until it is corrected, lines that nothing else chooses for are spoken with \"neutral\".",
            host.SettingsDiagnostics.Select(mistake => mistake.Message));
    }

    [Fact]
    public async Task Without_an_effect_of_either_chain_the_line_is_left_dry_and_the_report_says_why()
    {
        string others = Repository.PathOf("artifacts", "test-plugins");
        File.WriteAllText(Path.Combine(_folder, "host.yaml"), $"host: 1\nplugins: [ \"{others}\" ]\n");
        Save("neutral", Sound);
        await using FxHost host = TestHost.Create(presets: _folder);
        float[] line = TestSignal.Sine(300, -20, 44_100, 4_410);
        Assert.Equal(line, host.ApplyAudioEffects(line, 44_100));
        SpeechReport report = await SpeakAsync(host);
        const string Said =
            "The default \"neutral\" cannot be used, nor the built-in chain: built-in.yaml:5:5  \"eq\" is not an "
                + "effect";
        Assert.Contains(report.Warnings, warning => warning.StartsWith(Said, StringComparison.Ordinal));
        Assert.Contains("The line was left without effects.", report.Warnings);
    }

    [Fact]
    public void The_built_in_chain_is_the_shipped_neutral()
    {
        using var effects = EffectCatalogue.Discover([Repository.PathOf("plugins")], PluginLoadMode.FromFile);
        PresetChoice builtIn = new PresetLibrary(_folder, effects).Choose(null, new LineTraits(), "nobody");
        Preset neutral = new PresetLibrary(Repository.PathOf("presets"), effects).Find("neutral").Preset!;
        Assert.Equal(neutral.MatchLoudness, builtIn.Preset!.MatchLoudness);
        Assert.Equal(
            neutral.Plan.Slots.Select(slot => (slot.EffectId, string.Join(' ', slot.Values))),
            builtIn.Preset.Plan.Slots.Select(slot => (slot.EffectId, string.Join(' ', slot.Values))));
    }

    private static Task<SpeechReport> SpeakAsync(FxHost host, SpeechSelection? selection = null) => host.RenderAsync(
        SpeechAudio.FromBytes(FloatWav.Of(TestSignal.Sine(300, -20, 44_100, 4_410), 44_100)),
        Stream.Null,
        OutputFormat.Wav,
        selection,
        TestContext.Current.CancellationToken);

    private void Save(string id, string text) => File.WriteAllText(Path.Combine(_folder, id + ".yaml"), text);

    private void Settings(string said) =>
        File.WriteAllText(
            Path.Combine(_folder, "host.yaml"), $"host: 1\n{said}\nplugins: [ \"{Repository.PathOf("plugins")}\" ]\n");
}
