using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>Ids are whole words in kebab-case and differ; every setting is explained in a sentence.</summary>
internal sealed class SettingsAreExplained : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        Assert.NotEmpty(subject.Parameters);
        Assert.Equal(subject.Parameters.Count, subject.Parameters.Select(p => p.Id).Distinct().Count());
        Assert.All(subject.Parameters, p => Assert.Matches("^[a-z]+(-[a-z]+)*$", p.Id));
        Assert.All(subject.Parameters, p => Assert.Matches(@"^[A-Z].{20,160}[^.]\.$", p.Help));
    }
}
