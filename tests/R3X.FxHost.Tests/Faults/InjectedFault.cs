using System.Linq;

namespace R3X.FxHost.Tests.Faults;

/// <summary>A fault that a plugin is made to commit, and what has to be said of it.</summary>
/// <param name="Base">The class in tests/plugins/parts that does it.</param>
/// <param name="Causes">The causes it may be recorded by; none for what costs the effect nothing.</param>
/// <param name="Words">What its report says, one of these.</param>
internal sealed record InjectedFault(string Base, string[] Causes, params string[] Words)
{
    public static InjectedFault[] All { get; } =
    [
        Prepared("ConstructorThrows", "the table of windows is missing"),
        Prepared("StaticConstructorThrows", "the table is missing"),
        Prepared("ParametersThrow", "no settings today"),
        Prepared("ThrowsInPrepare", "not prepared"),
        Prepared("ParametersChange", "changed its Parameters"),
        Prepared("NotLate", "declared a latency of 22050 frames"),
        new("ThrowsInReset", ["threw"], "not reset"),
        new("ThrowsInProcess", ["threw"], "on purpose"),
        new("ReductionThrows", ["threw"], "no reading"),
        new("ThrowsInDispose", ["threw"], "not disposed of"),
        new("ReturnsNotANumber", ["not-finite"], "not numbers"),
        new("ReturnsInfinity", ["not-finite"], "not numbers"),
        new("RunsAway", ["runaway"], "returned a peak of 1E+09"),
        // In a pause, which gave no cause for it, it is seen at once.
        new("AddsConstant", ["offset", "runaway"], "added a constant", "returned a peak of 0.4"),
        new("WritesPastItsBlock", ["wrote-outside"], "wrote past its block"),
        new("ComputesForLong", ["did-not-return", "too-slow"], "did not return", "has not returned", "took "),
        new("WaitsForLong", ["did-not-return"], "did not return", "has not returned"),
        new("Allocates", []) { Note = "allocates 4," },
        new("SoundsForHours", []) { Note = "120 s of it are waited for" },
        new("ReturnsSubnormals", []),
        new("ThrowsOnItsThread", []),
        new("ThrowsInItsFinalizer", []),
    ];

    /// <summary>The plugin's id.</summary>
    public string Id { get; } = string.Concat(Base.Select(static (letter, i) =>
        char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    /// <summary>What is noted, where it costs the effect nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The causes it may be recorded by where it runs in a process of its own.</summary>
    public string[] CausesElsewhere => Base switch
    {
        // A process shares no objects and no memory around a block with its host.
        "ParametersChange" or "WritesPastItsBlock" => [],
        // A stuck call is ended with its process, that of another instance, which may be measuring the line, too.
        "ComputesForLong" or "WaitsForLong" => ["late", "did-not-return", "too-slow", "process-ended"],
        "ThrowsOnItsThread" or "ThrowsInItsFinalizer" or "FailsFast" => ["process-ended"],
        // The runtime writes the whole stack before it ends: on a busy machine that is later than a block may be.
        "StackOverflows" => ["process-ended", "did-not-return"],
        _ => Causes,
    };

    /// <summary>Whether it may go unnoticed there: the line may be over before the process is, a finalizer runs when it
    /// likes, and what is disposed of when the line is over has nobody to tell.</summary>
    public bool MayPassElsewhere => Base is "ThrowsOnItsThread" or "ThrowsInItsFinalizer" or "ThrowsInDispose";

    public static InjectedFault Of(string id) => All.Concat(Fatal).Single(injected => injected.Id == id);

    /// <summary>What no process survives.</summary>
    public static InjectedFault[] Fatal { get; } =
        [new("FailsFast", [], "on purpose"), new("StackOverflows", [], "overflowed")];

    private static InjectedFault Prepared(string kind, string words) => new(kind, ["could-not-prepare"], words);
}
