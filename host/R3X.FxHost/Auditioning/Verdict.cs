namespace R3X.FxHost.Auditioning;

/// <summary>What the edited preset does to the whole line.</summary>
/// <param name="Stoi">How intelligible it leaves the line: STOI against the dry line, 1 at most; NaN for less than
/// 384 ms of speech.</param>
/// <param name="LatencyMs">By how much the effects delay a line, in ms.</param>
/// <param name="IntegratedIn">The dry line's gated loudness in front of the chain, in LUFS; negative infinity for
/// silence.</param>
/// <param name="IntegratedOut">That of the line as it leaves the chain.</param>
/// <param name="TruePeakOut">The highest point as it leaves the chain, in dBTP.</param>
public sealed record Verdict(
    double Stoi, double LatencyMs, double IntegratedIn, double IntegratedOut, double TruePeakOut);
