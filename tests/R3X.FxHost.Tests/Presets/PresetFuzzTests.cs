using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>Whatever the bytes: no exception, places within the file, and a preset exactly when there are no
/// errors.</summary>
public sealed class PresetFuzzTests
{
    private static readonly FakeCatalogue Catalogue = new();

    private static readonly string[] Seeds =
    [
        File.ReadAllText(Repository.PathOf("presets", "neutral.yaml")),
        File.ReadAllText(Repository.PathOf("presets", "excited.yaml")),
        "preset: 1\r\nname: \"x: y\"\r\nabout: |\r\n  two\r\n  lines\r\ntags: [a, 'b']\r\nchain:\r\n- eq: { presence: "
            + "4 kHz }\r\n- comb\r\n",
        "{preset: 1, chain: [{comb: {mix: 40%}}, limiter]}",
        "preset: 1\nchain:\n  - curve:\n      250 Hz: -6 dB\n      1.25 kHz: 8 dB\n"
        + "  - late: { effect: curve, 1,25 kHz: 2,5 dB, 80 Hz -3 dB }\n",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\r", "\r\n", "\t", " ", "  ", "\"", "'", "#", " #", "&a ", "*a",
            "!x ", "|", ">", "? ", "---\n", "...\n", "%",
        "\0", "\uFEFF", "\u0085", "\u2028", "\u00A0", "日本", "😀", "\uD83D", "<<: ", "~", ".nan", "010", "\\", "@", "`",
            "effect: ", "bypass", "chain:", "preset: 2",
    ];

    private static readonly string[] Words =
    [
        "extends: ", "extends: plain\n", "extends: child\n", "extends: extends-circle\n", "change:\n", "add:\n",
            "before: ", "after: ", "limiter", "ring-mod", "bypass", "on", "comb.mix",
        "mood: ", "cue: ", "words: ", "letters: ", "chance: ", "speaker: ", "priority: ", "use-when:\n", "  - ",
            "under ", "over ", " to ", "60", "999999999999", "-1", "70%", "[whispers]", "excited",
    ];

    private static readonly string[] Children =
    [
        "preset: 1\nextends: plain\nuse-when:\n  - mood: [excited, happy]\n    cue: greeting\n  - words: [yes, "
            + "\"[whispers]\"]\n    letters: under 60\n    chance: 70%\npriority: 3\n"
        + "change:\n  comb:\n    delay: 5 ms\n    mix: 35%\n  saturation: on\nadd:\n  - ring-mod: { before: limiter, "
            + "mix: 25% }\n  - late: { effect: comb, after: eq }\n",
        "{preset: 1, extends: open-ended, use-when: [{letters: 20 to 60, speaker: rex}], change: {comb: bypass}, add: "
            + "[limiter]}",
    ];

    private static readonly PresetLibrary Folder = new(
        Repository.PathOf("tests", "fixtures", "presets", "parents"), Catalogue);

    private static readonly Gen<string> Mutated =
        from seed in Gen.OneOf(Seeds)
        from edits in Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 12], Gen.OneOf(Pieces)).Array[1, 8]
        select edits.Aggregate(seed, Edit);

    [Fact]
    public void A_damaged_preset_is_read_without_an_exception_and_shown_within_the_file() =>
        Mutated.Sample(text => Check(LoosePreset.Read(text, "mine.yaml", Catalogue), text), iter: 4000);

    [Fact]
    public void A_damaged_child_is_read_in_its_folder_without_an_exception_and_shown_within_the_file() =>
        (from seed in Gen.OneOf(Children)
         from edits in Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 12], Gen.OneOf([.. Pieces, .. Words])).Array[1, 8]
         select edits.Aggregate(seed, Edit)).Sample(text => Check(Folder.Read(text, "child.yaml"), text), iter: 4000);

    [Fact]
    public void A_heap_of_conditions_is_read_without_an_exception() =>
        Gen.OneOf([.. Pieces, .. Words]).Array[0, 40].Select(
            words => "preset: 1\nchain: [limiter]\nuse-when:\n  - " + string.Concat(words)).Sample(
            text => Check(Folder.Read(text, "mine.yaml"), text), iter: 4000);

    [Fact]
    public void A_heap_of_punctuation_is_read_without_an_exception() =>
        Gen.OneOf(Pieces).Array[0, 40].Select(string.Concat).Sample(
            text => Check(LoosePreset.Read(text, "mine.yaml", Catalogue), text), iter: 4000);

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Gen.Byte.Array[0, 200].Sample(
            bytes => Check(LoosePreset.Read(bytes, "mine.yaml", Catalogue), System.Text.Encoding.UTF8.GetString(bytes)),
                iter: 4000);

    [Fact]
    public void A_damaged_host_yaml_is_read_without_an_exception() =>
        (from pieces in Gen.OneOf(Gen.OneOf(Pieces),
            Gen.OneOf("host: 1\n", "volume: ", "plugins: ", "../x", "device: ", "-20 LUFS", "default: ")).Array[0, 20]
         select string.Concat(pieces)).Sample(
            text =>
            {
                HostSettingsReading reading = HostSettingsReader.Read(text, "host.yaml", Path.GetTempPath());
                return reading.Settings.PluginFolders.All(Path.IsPathRooted)
                    && PlacesAreInside(reading.Diagnostics, text);
            },
            iter: 2000);

    [Fact]
    public void Byte_order_marks_in_front_are_no_part_of_the_text_be_there_one_or_three()
    {
        const string Text = "effect: chain:\n";
        string said = DiagnosticText.Format(LoosePreset.Read(Text, "mine.yaml", Catalogue).Diagnostics);
        Assert.Equal(
            said, DiagnosticText.Format(LoosePreset.Read("\uFEFF" + Text, "mine.yaml", Catalogue).Diagnostics));
        Assert.Equal(said,
            DiagnosticText.Format(LoosePreset.Read("\uFEFF\uFEFF\uFEFF" + Text, "mine.yaml", Catalogue).Diagnostics));
    }

    private static bool Check(PresetReading reading, string text) =>
        reading.HasErrors == reading.Preset is null
        && DiagnosticText.Format(reading.Diagnostics).Length < 100_000
        && PlacesAreInside(reading.Diagnostics, text);

    private static bool PlacesAreInside(IEnumerable<PresetDiagnostic> diagnostics, string text)
    {
        string[] lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
        return diagnostics.All(d => d.Line == 0
            || (d.Line <= lines.Length && d.Column >= 1 && d.Column <= lines[d.Line - 1].Length + 1 && d.Length >= 1
                && (d.SourceLine is null || d.SourceLine.TrimStart('\uFEFF') == lines[d.Line - 1].TrimStart('\uFEFF'))
                    && d.Message.Length > 0 && d.Fix.Length > 0));
    }

    private static string Edit(string text, (int At, int Removed, string Inserted) edit)
    {
        int at = text.Length == 0 ? 0 : edit.At % text.Length;
        return text.Remove(at, Math.Min(edit.Removed, text.Length - at)).Insert(at, edit.Inserted);
    }
}
