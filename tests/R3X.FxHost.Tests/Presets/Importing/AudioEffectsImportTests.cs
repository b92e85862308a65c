using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Importing;
using R3X.FxHost.Tests.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Importing;

/// <summary>The earlier program's configuration, with the effects that are installed.</summary>
public sealed class AudioEffectsImportTests : IDisposable
{
    private readonly EffectCatalogue _catalogue = EffectCatalogue.Discover(
        [Repository.PathOf("plugins")], PluginLoadMode.Shadow);
    private readonly EditedFolder _folder;

    public AudioEffectsImportTests() => _folder = new EditedFolder(_catalogue);

    /// <summary>A configuration as the earlier program had it.</summary>
    public static string Configuration =>
        File.ReadAllText(Repository.PathOf("tests", "fixtures", "presets", "import", "audio_effects.json"));

    public void Dispose()
    {
        _folder.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public void The_configuration_becomes_the_preset_that_it_stands_for()
    {
        ImportedPreset imported = Import(Configuration);
        Assert.Equal(File.ReadAllText(Repository.PathOf("tests", "fixtures", "presets", "import",
            "audio_effects.yaml")), imported.Text);
        Assert.Equal(["The limiter is the last step now. The earlier program ran it first, so what the other effects "
            + "added was not limited, and clipped."], imported.Notes);
        Assert.Empty(imported.Diagnostics);
        _folder.Write("classic", imported.Text!);
        Assert.Equal(["eq", "compressor", "exciter", "saturation", "gain", "comb", "ring-mod", "bit-crush", "limiter"],
            _folder.Good("classic").Steps.Select(step => step.Name));
    }

    [Theory]
    [InlineData(
        """{"harmonic_exciter":{"drive":1,"tone":0,"mix":0}}""", "exciter", "frequency: 1 kHz", "drive: 0%", "mix: 0%")]
    [InlineData("""{"harmonic_exciter":{"drive":4,"tone":1,"mix":1}}""", "exciter", "frequency: 8 kHz", "drive: 50.2%",
        "mix: 100%")]
    [InlineData("""{"distortion":{"drive_db":24}}""", "saturation", "drive: 100%")]
    [InlineData(
        """{"eq":{"highpass_freq":80.5,"presence_boost_freq":2500,"presence_boost_gain":-4.5,"q_factor":1.41421356}}""",
        "eq", "high-pass: 80.5 Hz", "presence: 2.5 kHz", "presence-gain: -4.5 dB", "presence-width: 1 oct")]
    [InlineData("""{"comb_filter":{"delay_ms":8,"feedback":-0.07,"mix":0.07}}""", "comb", "delay: 8 ms", "feedback: 0%",
        "feedforward: -7%", "mix: 7%")]
    [InlineData(
        """{"bit_crusher":{"bit_depth":14,"mix":0.08}}""", "bit-crush", "bits: 14 bit", "rate: 48 kHz", "mix: 8%")]
    public void A_section_is_mapped_to_its_step(string json, string effect, params string[] settings)
    {
        ImportedPreset imported = Import(json);
        Assert.Empty(imported.Notes);
        Assert.EndsWith($"chain:\n  - {effect}:\n{string.Concat(settings.Select(setting => $"      {setting}\n"))}",
            imported.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_UTF_8_is_named_with_its_place()
    {
        byte[] json = [.. "{\n  \"eq\": {}, \"Gr"u8, 0xFC, .. "n\": 1 }\n"u8];
        ImportedPreset imported = AudioEffectsImport.Read(
            json, "audio_effects.json", "classic", _folder.Library, _catalogue);
        Assert.Null(imported.Text);
        PresetDiagnostic diagnostic = Assert.Single(imported.Diagnostics);
        Assert.Equal("The file is not UTF-8: the byte FC here is no letter.", diagnostic.Message);
        Assert.Equal((2, 16), (diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void Sections_keep_their_order_and_the_limiter_goes_last_wherever_it_stood()
    {
        ImportedPreset imported = Import(
            """
            {"limiter":{"threshold_db":-3,"release_ms":50},"output_gain":{"gain_db":-3},
            "ring_modulator":{"frequency":75,"mix":0.25}}
            """);
        _folder.Write("classic", imported.Text!);
        Assert.Equal(["gain", "ring-mod", "limiter"], _folder.Good("classic").Steps.Select(step => step.Name));
        Assert.Contains(
            imported.Notes, note => note.StartsWith("The limiter is the last step now.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_known_is_named_and_kept_as_a_note()
    {
        ImportedPreset imported = Import("{ \"reverb\": { \"size\":\n 0.5 }, \"distortion\": { \"drive_db\": 12, "
            + "\"tone\": 3 }, \"enabled\": true }");
        Assert.Equal(
            [
                "\"reverb\" is no section that is known, and was not imported; it is kept as a note in the preset: { "
                    + "\"size\": 0.5 }",
                "\"distortion.tone\" is no key that is known, and was not imported; it is kept as a note in the "
                    + "preset: 3",
                "\"enabled\" is no section that is known, and was not imported; it is kept as a note in the preset: "
                    + "true",
            ],
            imported.Notes);
        Assert.EndsWith("\n# Not imported, as nothing here corresponds to it:\n#   reverb: { \"size\": 0.5 }\n#   "
            + "distortion.tone: 3\n#   enabled: true\n", imported.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_missing_and_a_value_out_of_range_are_told()
    {
        ImportedPreset imported = Import("""{"compressor":{"threshold_db":-20,"ratio":40,"attack_ms":5}}""");
        Assert.Equal(
            [
                "compressor.ratio is 40, which is outside 1:1 to 20:1, the range of ratio; 20:1 was written.",
                "compressor has no \"release_ms\"; compressor.release is left at its default, 50 ms.",
            ],
            imported.Notes);
        Assert.Contains("ratio: 20:1\n", imported.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "audio_effects.json:1:1  The file is no proper JSON from here on.")]
    [InlineData("{\n  \"eq\": {\n    \"q_factor\" 0.7\n  }\n}",
        "audio_effects.json:3:16  The file is no proper JSON from here on.")]
    [InlineData("[1]", "audio_effects.json:1:1  The file is JSON, but no configuration")]
    [InlineData("{}", "audio_effects.json  There is no section that could be imported.")]
    [InlineData("""{"reverb":{}}""", "audio_effects.json  There is no section that could be imported.")]
    [InlineData("""{"eq":7}""", "audio_effects.json  \"eq\" should be a section in braces; 7 stands there.")]
    [InlineData("""{"distortion":{"drive_db":"15"}}""",
        "audio_effects.json  \"distortion.drive_db\" should be a number; \"15\" stands there.")]
    [InlineData("""{"distortion":{"drive_db":1},"distortion":{"drive_db":2}}""",
        "audio_effects.json  \"distortion\" stands there twice.")]
    public void A_file_that_is_no_configuration_is_refused_with_the_reason(string json, string expected)
    {
        ImportedPreset imported = Import(json);
        Assert.Null(imported.Text);
        Assert.StartsWith(expected, DiagnosticText.Format(imported.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_that_is_not_installed_is_named_with_the_folder_searched()
    {
        ImportedPreset imported = AudioEffectsImport.Read("""{"output_gain":{"gain_db":-3}}"""u8.ToArray(),
            "audio_effects.json", "classic", _folder.Library, new FakeCatalogue());
        Assert.Null(imported.Text);
        Assert.StartsWith("audio_effects.json  \"output_gain\" needs the effect \"gain\". \"gain\" is not an effect in "
            + "/opt/r3x/plugins.", DiagnosticText.Format(imported.Diagnostics), StringComparison.Ordinal);
    }

    private ImportedPreset Import(string json) =>
        AudioEffectsImport.Read(
            System.Text.Encoding.UTF8.GetBytes(json), "audio_effects.json", "classic", _folder.Library, _catalogue);
}
