using System.Globalization;

namespace R3X.FxHost.Chains;

/// <summary>One effect's misbehaviour in one line. The line went on without the effect.</summary>
/// <param name="PresetId">The preset the chain was built from.</param>
/// <param name="Step">The step's name in the preset.</param>
/// <param name="EffectId">The effect.</param>
/// <param name="EffectVersion">The plugin's version.</param>
/// <param name="Cause">What it did.</param>
/// <param name="Detail">The same in words, with figures: an exception's type and message, a level, a time.</param>
/// <param name="Block">The block it happened in, counted from 0; -1 before the first.</param>
/// <param name="Frame">The line's frame at which that block began.</param>
public sealed record SlotFault(
    string PresetId,
    string Step,
    string EffectId,
    string EffectVersion,
    FaultCause Cause,
    string Detail,
    long Block,
    long Frame)
{
    /// <summary>The exception with its stack trace, as text; null where nothing was thrown.</summary>
    public string? Trace { get; init; }

    /// <summary>Whether the line goes on without the effect; else it is heard again as soon as that can be.</summary>
    public bool IsFinal { get; init; } = true;

    /// <summary>The cause as a word, for logs, meters and records.</summary>
    internal string Word => Cause switch
    {
        FaultCause.CouldNotPrepare => "could-not-prepare",
        FaultCause.Threw => "threw",
        FaultCause.NotFinite => "not-finite",
        FaultCause.Runaway => "runaway",
        FaultCause.DidNotReturn => "did-not-return",
        FaultCause.WroteOutside => "wrote-outside",
        FaultCause.Offset => "offset",
        FaultCause.OwnThread => "own-thread",
        FaultCause.Late => "late",
        FaultCause.ProcessEnded => "process-ended",
        FaultCause.OverLimit => "over-limit",
        _ => "too-slow",
    };

    /// <summary>What brings it about again; null where it was met elsewhere than in a chain.</summary>
    internal FaultMoment? Moment { get; init; }

    /// <summary>What that means for the line: the end of the same sentence.</summary>
    internal string Outcome =>
        IsFinal ? "the rest of the line goes on without it." : "the line goes on without it until it is back.";

    /// <summary>What it did, and in which block: the end of a sentence.</summary>
    public string What =>
        Block < 0 ? Detail : string.Create(CultureInfo.InvariantCulture, $"{Detail} in block {Block}");

    /// <inheritdoc/>
    public override string ToString() =>
        $"Step \"{Step}\" ({EffectId} {EffectVersion}) of preset \"{PresetId}\" {What}; "
            + Outcome;
}
