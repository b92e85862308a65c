using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>The page that people learn presets from.</summary>
public sealed partial class GuideTests
{
    private static readonly string Guide = File.ReadAllText(Repository.PathOf("docs", "presets.md")).ReplaceLineEndings(
        "\n");

    [Fact]
    public void Its_presets_have_no_mistake()
    {
        using FxHost host = TestHost.Create();
        string[] presets = [.. Yaml().Matches(Guide).Select(match => match.Groups["text"].Value)];
        Assert.True(presets.Length >= 2);
        Assert.All(presets, text => Assert.Empty(host.Presets.Read(text, "guide.yaml").Diagnostics));
    }

    [Fact]
    public void Its_pictures_are_there() =>
        Assert.All(Picture().Matches(Guide), match =>
            Assert.True(File.Exists(Repository.PathOf("docs", match.Groups["path"].Value)), match.Value));

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"!\[[^\]]*\]\((?<path>[^)]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Picture();
}
