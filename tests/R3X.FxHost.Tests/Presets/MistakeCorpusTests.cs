using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>What preset authors typically get wrong, one file each, with the text they are told beside it.</summary>
public sealed class MistakeCorpusTests
{
    private const int Fewest = 120;

    private static readonly string Folder = Repository.PathOf("tests", "fixtures", "presets", "mistakes");

    // Those that extend something find it here.
    private static readonly PresetLibrary Parents = new(
        Repository.PathOf("tests", "fixtures", "presets", "parents"), new FakeCatalogue());

    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (string file in Directory.GetFiles(Folder, "*.yaml"))
            names.Add(Path.GetFileNameWithoutExtension(file));
        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_typical_mistake_is_told_in_these_words(string name)
    {
        string expected = File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n");
        string text = File.ReadAllText(Path.Combine(Folder, name + ".yaml"));
        Assert.Equal(expected, DiagnosticText.Format(Read(text, name + ".yaml")) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing_about_it(string name)
    {
        string expected = File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n");
        string text = "\uFEFF" + File.ReadAllText(Path.Combine(Folder, name + ".yaml")).ReplaceLineEndings("\r\n");
        Assert.Equal(expected, DiagnosticText.Format(Read(text, name + ".yaml")) + "\n");
    }

    [Fact]
    public void Every_kind_of_mistake_in_a_text_is_in_the_corpus()
    {
        IEnumerable<DiagnosticRule> found = Directory.GetFiles(Folder, "*.yaml")
            .SelectMany(file => Read(File.ReadAllText(file), Path.GetFileName(file))).Select(d => d.Rule);
        // These are not of the text: a file that is missing, and what only a check says of a chain.
        DiagnosticRule[] others = [DiagnosticRule.File, DiagnosticRule.Latency, DiagnosticRule.NoLimiter];
        IEnumerable<string> told = found.Select(rule => rule.Id).Distinct();
        Assert.Equal(DiagnosticRule.All.Except(others).Select(rule => rule.Id).Order(), told.Order());
    }

    [Fact]
    public void The_corpus_is_large_enough_to_mean_something() =>
        Assert.True(Directory.GetFiles(Folder, "*.yaml").Length >= Fewest);

    private static IReadOnlyList<PresetDiagnostic> Read(string text, string fileName)
    {
        if (fileName.StartsWith("host-", StringComparison.Ordinal))
            return HostSettingsReader.Read(text, fileName, "/opt/r3x/presets").Diagnostics;
        PresetReading reading = Parents.Read(text, fileName);
        Assert.NotEmpty(reading.Diagnostics);
        Assert.Equal(reading.HasErrors, reading.Preset is null);
        Assert.All(reading.Diagnostics, d => Assert.Contains(d.Rule, DiagnosticRule.All));
        return reading.Diagnostics;
    }
}
