using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Yaml;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>What keeps an edit from being written that changed more than it should.</summary>
public sealed class LeafPathsTests
{
    private const string Before = "preset: 1\ntags: [a, b]\nchain:\n  - comb: { mix: 30%, delay: 5 ms }\n  - limiter\n";

    [Theory]
    [InlineData("preset: 1\ntags: [a, b]\nchain:\n  - comb: { mix: 40%, delay: 5 ms }\n  - limiter\n", true)]
    [InlineData("preset: 1\ntags: [a, b]\nchain:\n  - comb: { delay: 5 ms }\n  - limiter\n", true)]
    [InlineData("preset: 1\ntags: [a, b]\nchain:\n  - comb: { mix: 40%, delay: 6 ms }\n  - limiter\n", false)]
    [InlineData(
        "preset: 1\ntags: [a, b]\nchain:\n  - comb: { mix: 40%, delay: 5 ms, feedback: 0% }\n  - limiter\n", false)]
    [InlineData("preset: 1\ntags: [a, b]\nchain:\n  - limiter\n  - comb: { mix: 40%, delay: 5 ms }\n", false)]
    [InlineData(
        "preset: 1\ntags: [a, b]\nchain:\n  - comb: { mix: 40%, delay: 5 ms }\n  - limiter: { mix: 40% }\n", false)]
    [InlineData("preset: 1\ntags: [b, a]\nchain:\n  - comb: { mix: 40%, delay: 5 ms }\n  - limiter\n", false)]
    [InlineData("preset: 1\nchain:\n  - comb: { mix: 40%, delay: 5 ms }\n  - limiter\n", false)]
    public void Trees_that_differ_anywhere_else_are_told_apart(string after, bool differsOnlyThere) =>
        Assert.Equal(differsOnlyThere,
            LeafPaths.DifferOnlyAt(LeafPaths.PathOf("chain", "comb", "mix"), false, Tree(Before), Tree(after)));

    private static YamlMapping Tree(string text) => EditableText.Read(text, "mine.yaml")!.Root;
}
