using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>What is written in place of a mistake puts it right.</summary>
public sealed class ReplacementTests
{
    private const int Fewest = 150;

    private static readonly string Folder = Repository.PathOf("tests", "fixtures", "presets", "mistakes");

    private static readonly PresetLibrary Parents = new(
        Repository.PathOf("tests", "fixtures", "presets", "parents"), new FakeCatalogue());

    [Fact]
    public void Every_replacement_removes_the_mistake_it_is_for()
    {
        List<string> left = [];
        int count = 0;
        foreach (string file in Directory.GetFiles(Folder, "*.yaml"))
        {
            string text = File.ReadAllText(file).TrimStart('\uFEFF');
            foreach (PresetDiagnostic mistake in Read(text, file).Where(one => one.Replacement is not null))
            {
                count++;
                string? corrected = mistake.Correct(text);
                if (corrected is null || Read(corrected, file).Any(
                    one => one.Message == mistake.Message && one.Line == mistake.Line && one.Column == mistake.Column))
                    left.Add($"{mistake}\n replaced by \"{mistake.Replacement}\"\n{corrected}\n");
            }
        }

        Assert.True(left.Count == 0, string.Join('\n', left));
        Assert.True(count >= Fewest, $"Of the corpus' mistakes {count} have a replacement.");
    }

    [Fact]
    public void A_correction_is_not_written_into_a_line_that_is_another_by_now()
    {
        const string Text = "preset: 1\nchain:\n  - comb: { mix: 35 dB }\n";
        PresetDiagnostic mistake = Assert.Single(Read(Text, "mine.yaml"));
        Assert.Equal("35%", mistake.Replacement);
        Assert.Equal("preset: 1\nchain:\n  - comb: { mix: 35% }\n", mistake.Correct(Text));
        Assert.Null(mistake.Correct(Text.Replace("35", "36", System.StringComparison.Ordinal)));
        Assert.Null(mistake.Correct("preset: 1\n"));
    }

    [Theory]
    [InlineData("wobble 7 ms to 9 ms", "wobble 7 ms to 9 ms at 0.5 Hz")]
    [InlineData("wobble 7 ms too 9 ms at 1 Hz", "wobble 7 ms to 9 ms at 1 Hz")]
    [InlineData("wobble 7 ms 9 ms at 1 Hz", "wobble 7 ms to 9 ms at 1 Hz")]
    [InlineData("woble 7 ms to 9 ms at 1 Hz", "wobble 7 ms to 9 ms at 1 Hz")]
    [InlineData("wobble 7 to 9 ms at 1 Hz", "wobble 7 ms to 9 ms at 1 Hz")]
    public void A_sentence_is_put_right_in_its_place(string written, string right)
    {
        string text = $"preset: 1\nchain:\n  - comb:\n      delay: {written} # note\n";
        Assert.Equal(text.Replace(written, right, System.StringComparison.Ordinal),
            Read(text, "mine.yaml")[0].Correct(text));
    }

    private static IReadOnlyList<PresetDiagnostic> Read(string text, string file) =>
        Path.GetFileName(file) is var name && name.StartsWith("host-", System.StringComparison.Ordinal)
            ? HostSettingsReader.Read(text, name, "/opt/r3x/presets").Diagnostics
            : Parents.Read(text, name).Diagnostics;
}
