using System;
using System.IO;
using R3X.FxHost.Presets.Choosing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Choosing;

/// <summary>A mood or a cue that no preset is for is said, with what there is.</summary>
public sealed class UnheardTraitTests : IDisposable
{
    private readonly PresetFolderOnDisk _folder = new();

    public UnheardTraitTests()
    {
        _folder.Save("bright", "use-when:\n  - mood: [excited, Happy]\n    cue: greeting\n  - speaker: rex\n");
        _folder.Save("low", "use-when:\n  - mood: sad\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "exited", "No preset is for the mood \"exited\". Did you mean \"excited\"? There are: excited, Happy, sad.")]
    [InlineData("zzz", "No preset is for the mood \"zzz\". There are: excited, Happy, sad.")]
    [InlineData("low", "No preset is for the mood \"low\". A preset is called \"low\": choose it by its name. There "
        + "are: excited, Happy, sad.")]
    public void A_mood_that_no_preset_is_for_is_said_with_the_nearest_and_all_there_are(string mood, string said) =>
        Assert.Equal([said], _folder.Choose(new LineTraits(mood)).Unheard);

    [Theory]
    [InlineData("excited")]
    [InlineData(" SAD ")]
    [InlineData("Neutral")]
    [InlineData("")]
    [InlineData(null)]
    public void A_mood_that_some_preset_names_is_known_whether_or_not_it_wins(string? mood) =>
        Assert.Empty(_folder.Choose(new LineTraits(mood, Speaker: "nobody")).Unheard);

    [Fact]
    public void A_cue_is_judged_like_a_mood_also_where_another_trait_chose() => Assert.Equal(
        ["No preset is for the mood \"exited\". Did you mean \"excited\"? There are: excited, Happy, sad.",
            "No preset is for the cue \"greting\". Did you mean \"greeting\"? There are: greeting."],
        _folder.Choose(new LineTraits("exited", "greting", Speaker: "rex")).Unheard);

    [Fact]
    public void A_preset_that_cannot_be_read_may_have_been_for_it_and_is_named()
    {
        File.WriteAllText(_folder.FileOf("gloomy"), "preset: 1\nuse-when:\n  mood [gloomy\n");
        _folder.Pass(200);
        string said = Assert.Single(_folder.Choose(new LineTraits("gloomy")).Unheard);
        Assert.EndsWith(
            " What these are for cannot be read, as they have mistakes: gloomy.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_names_a_preset_may_say_any_mood_for_the_lights() =>
        Assert.Empty(_folder.Choose(new LineTraits("curious"), asked: "low").Unheard);

    [Fact]
    public void Where_no_preset_asks_for_moods_they_are_for_the_lights_alone()
    {
        using var plain = new PresetFolderOnDisk();
        Assert.Empty(plain.Choose(new LineTraits("curious", "greeting")).Unheard);
    }
}
