using System;
using System.IO;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>What a check says of chains, and what is said of a setting without its step.</summary>
public sealed class LimiterWarningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-presets-").FullName;
    private readonly PresetLibrary _library;

    public LimiterWarningTests()
    {
        _library = new PresetLibrary(_folder, new FakeCatalogue());
        Write("sound", "preset: 1\nchain:\n  - exciter\n  - saturation\n  - comb\n  - limiter\n");
        Write("none", "preset: 1\nchain:\n  - comb\n  - eq: { presence: 4 kHz }\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("sound", "")]
    [InlineData("none", "none.yaml:4:5  Warning: The chain has no limiter, so peaks above full scale are cut off,"
        + " which is heard as a crackle.\n 4 |   - eq: { presence: 4 kHz }\n   |     ^~\n Write \"- limiter\" as its "
            + "last step.")]
    public void A_chain_without_a_limiter_is_worth_a_warning(string id, string said)
    {
        PresetReading reading = _library.Check(id);
        Assert.False(reading.HasErrors);
        Assert.Equal(said, DiagnosticText.Format(reading.Diagnostics));
        Assert.Empty(_library.Find(id).Diagnostics);
    }

    [Fact]
    public void A_child_is_told_only_when_it_took_the_limiter_out_itself()
    {
        Write("child", "preset: 1\nextends: none\n");
        Write("bare", "preset: 1\nextends: sound\nchange:\n  limiter: bypass\n");
        Write("again", "preset: 1\nextends: bare\nadd:\n  - limiter-2: { effect: limiter }\n");
        Write("empty", "preset: 1\nchain: []\n");
        Assert.Empty(_library.Check("child").Diagnostics);
        Assert.Empty(_library.Check("again").Diagnostics);
        Assert.DoesNotContain(_library.Check("empty").Diagnostics, said => said.Rule == DiagnosticRule.NoLimiter);
        PresetDiagnostic told = Assert.Single(_library.Check("bare").Diagnostics);
        Assert.Equal((4, 12, "Take \"bypass\" away from \"limiter\"."), (told.Line, told.Column, told.Fix));
    }

    [Fact]
    public void Setting_a_value_without_its_step_lists_every_step_that_has_one()
    {
        PresetEdit edit = new PresetEditor(_library).Set("sound", "mix", "40%");
        Assert.Equal("Write \"exciter.mix\", \"saturation.mix\" or \"comb.mix\".", Assert.Single(edit.Diagnostics).Fix);
        OverrideReading changed = PresetOverrides.Apply(_library.Find("sound").Preset!, "drive=40%");
        PresetDiagnostic said = Assert.Single(changed.Diagnostics);
        Assert.Equal("Write \"exciter.drive=40%\" or \"saturation.drive=40%\".", said.Fix);
    }

    private void Write(string id, string text) => File.WriteAllText(Path.Combine(_folder, id + ".yaml"), text);
}
