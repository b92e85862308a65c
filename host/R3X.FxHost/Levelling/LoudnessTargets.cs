namespace R3X.FxHost.Levelling;

/// <summary>How loud a line is to be.</summary>
/// <param name="Reference">In front of the chain, in LUFS; null leaves it as it arrives.</param>
/// <param name="Match">As it leaves the chain, in LUFS; null leaves it as the chain makes it.</param>
internal readonly record struct LoudnessTargets(double? Reference, double? Match)
{
    /// <summary>Whether nothing is to be done.</summary>
    public bool IsEmpty => Reference is null && Match is null;
}
