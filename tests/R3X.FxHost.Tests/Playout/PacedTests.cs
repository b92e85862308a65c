using Xunit;

namespace R3X.FxHost.Tests.Playout;

/// <summary>The tests in which a host speaks at a loudspeaker's pace without a loudspeaker: one after the other, with
/// the machine to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PacedTests
{
    public const string Name = "Paced";
}
