using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Architecture;

public sealed class FrontTests
{
    private const string Server = "host/R3X.FxHost.Server";

    private static readonly string[] Fronts = ["ElevenLabs", "OpenAi", "Own", "Wyoming"];

    private static readonly string[] Shared = ["Access", "Answers", "Upstreams"];

    [Fact]
    public void A_front_of_the_server_knows_no_other_front()
    {
        IEnumerable<string> uses =
            from front in Fronts
            from file in SourceFile.Under($"{Server}/{front}")
            from other in Fronts
            where other != front
                && file.Text.Contains($"using R3X.FxHost.Server.{other}", System.StringComparison.Ordinal)
            select $"{file.Path} names {other}";
        Assert.Empty(uses);
    }

    [Fact]
    public void What_fronts_share_knows_no_front()
    {
        IEnumerable<string> uses =
            from room in Shared
            from file in SourceFile.Under($"{Server}/{room}")
            from front in Fronts
            where file.Text.Contains($"using R3X.FxHost.Server.{front}", System.StringComparison.Ordinal)
            select $"{file.Path} names {front}";
        Assert.Empty(uses);
    }
}
