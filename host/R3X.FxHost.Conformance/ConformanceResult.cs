namespace R3X.FxHost.Conformance;

/// <summary>What came of one check.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Promise">What is promised, a whole sentence.</param>
/// <param name="Seed">What the check drew its random settings from; the same gives the same.</param>
public sealed record ConformanceResult(string Check, string Promise, int Seed)
{
    /// <summary>Whether the promise is kept, or there was nothing to check.</summary>
    public bool HasPassed => Measured is null;

    /// <summary>Why there was nothing to check; null when there was.</summary>
    public string? DoesNotApply { get; init; }

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
        if (HasPassed)
            return $"{Check}: {DoesNotApply ?? "kept. " + Promise}";
        return $"{Check}: broken.\n  Promised: {Promise}\n  Measured: {Measured}\n  Likely:   {LikelyCause}\n"
            + $"  Fix:      {Fix}";
    }
}
