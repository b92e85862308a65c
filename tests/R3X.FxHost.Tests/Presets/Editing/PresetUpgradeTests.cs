using System;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

public sealed class PresetUpgradeTests : IDisposable
{
    private readonly EditedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("preset: 0   # old\r\nchain: [comb]\r\n", "preset: 1   # old\r\nchain: [comb]\r\n")]
    [InlineData(
        "# Mine.\r\n\r\nname: Mine\r\nchain: [comb]", "# Mine.\r\n\r\npreset: 1\r\nname: Mine\r\nchain: [comb]")]
    [InlineData("---\n  chain: [comb]\n  name: Mine\n", "---\n  preset: 1\n  chain: [comb]\n  name: Mine\n")]
    [InlineData("{chain: [comb]}", "{preset: 1, chain: [comb]}")]
    [InlineData("\uFEFFchain: [comb]\n", "\uFEFFpreset: 1\nchain: [comb]\n")]
    public void A_file_of_an_older_version_gets_its_version_and_stays_as_it_is_otherwise(string before, string after)
    {
        _folder.Write("mine", before);
        var upgrade = PresetUpgrade.Of(_folder.PathOf("mine"), "mine.yaml");
        Assert.Empty(upgrade.Diagnostics);
        Assert.True(upgrade.IsNeeded);
        Assert.Equal(before, _folder.Text("mine"));
        Assert.True(upgrade.Write());
        Assert.Equal(after, _folder.Text("mine"));
        _folder.Good("mine");
        Assert.False(PresetUpgrade.Of(_folder.PathOf("mine"), "mine.yaml").IsNeeded);
    }

    [Theory]
    [InlineData("preset: 2\nchain: [comb]\n",
        "mine.yaml:1:9  This file is written in version 2 of its language; this program reads version 1.")]
    [InlineData("preset: Excited\nchain: [comb]\n",
        "mine.yaml:1:9  \"preset:\" is followed by the version of the language, which is 1.")]
    [InlineData("chain: [comb\n", "mine.yaml:1:8  ")]
    [InlineData("", "mine.yaml:1:1  The file is empty.")]
    [InlineData("- comb\n", "mine.yaml:1:1  The file begins with a list.")]
    public void A_file_that_cannot_be_upgraded_says_why_and_is_left_alone(string text, string expected)
    {
        _folder.Write("mine", text);
        var upgrade = PresetUpgrade.Of(_folder.PathOf("mine"), "mine.yaml");
        Assert.False(upgrade.IsNeeded);
        Assert.StartsWith(expected, DiagnosticText.Format(upgrade.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_not_overwritten()
    {
        _folder.Write("mine", "chain: [comb]\n");
        var upgrade = PresetUpgrade.Of(_folder.PathOf("mine"), "mine.yaml");
        _folder.Write("mine", "chain: [eq]\n");
        Assert.False(upgrade.Write());
        Assert.Equal("chain: [eq]\n", _folder.Text("mine"));
    }
}
