using System.Text;

namespace R3X.FxHost.Conformance;

/// <summary>What came of one check.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Promise">What is promised, a whole sentence.</param>
/// <param name="Seed">What the check drew its random settings from; the same gives the same.</param>
public sealed record ConformanceResult(string Check, string Promise, int Seed)
{
    /// <summary>Whether the promise is kept.</summary>
    public bool HasPassed => Measured is null;

    /// <summary>What was measured instead, whole sentences; null when the promise is kept.</summary>
    public string? Measured { get; init; }

    /// <summary>What is wrong, most likely; null when the promise is kept.</summary>
    public string? LikelyCause { get; init; }

    /// <summary>What to do; null when the promise is kept.</summary>
    public string? Fix { get; init; }

    /// <summary>Where it shows; null where no sound does.</summary>
    public FailedBlock? Block { get; init; }

    /// <summary>The verdict for people, a line for each part.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Check).Append(HasPassed ? ": kept. " : ": broken.\n  Promised: ").Append(Promise);
        return HasPassed
            ? text.ToString()
            : text.Append("\n  Measured: ").Append(Measured).Append("\n  Likely:   ").Append(LikelyCause)
                .Append("\n  Fix:      ").Append(Fix).ToString();
    }
}
