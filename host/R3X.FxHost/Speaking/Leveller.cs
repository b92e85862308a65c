using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Decides one line's gains: those that were given, those a held line measures, or for a live one those that suit what was heard of
/// its speaker before, from where they follow the line.
/// </summary>
/// <param name="targets">How loud the line is to be.</param>
/// <param name="history">What the host knows of speakers.</param>
/// <param name="speaker">Whose line it is; empty for nobody in particular.</param>
/// <param name="given">The gains of a line that is replayed; null measures.</param>
internal sealed class Leveller(LoudnessTargets targets, SpeakerHistory history, string speaker, StartingGains? given)
{
    // What a line of somebody unknown is taken for, in LUFS.
    private const double UsualLoudness = -20;

    private LoudnessFollower? _reference;
    private LoudnessFollower? _match;
    private double? _heard;
    private double? _arrived;

    /// <summary>How loud the line is to be.</summary>
    public LoudnessTargets Targets => targets;

    /// <summary>Whether a line that can be held should be: there is something to measure.</summary>
    public bool Measures => !targets.IsEmpty && given is null;

    /// <summary>The gains the line began with; null until the chain was set up, or when its level is left alone.</summary>
    public StartingGains? Gains { get; private set; }

    /// <summary>Adds the gains to a chain's setup.</summary>
    /// <param name="plan">The chain.</param>
    /// <param name="setup">Its setup without gains.</param>
    /// <param name="held">The line, if it was held; null when it is live.</param>
    public ChainSetup SetUp(ChainPlan plan, ChainSetup setup, HeldLine? held)
    {
        if (targets.IsEmpty)
            return setup;
        Gains = given ?? (held is not null ? Measure(plan, setup, held) : Guess(plan, setup) with { Follows = true });
        return Gains.Follows ? Following(setup, Gains) : WithGains(setup, Gains);
    }

    /// <summary>Remembers for the speaker's next line what this one measured.</summary>
    public void LineEnded(ChainPlan plan)
    {
        if ((_heard ?? _reference?.Heard) is { } heard)
            history.Remember(speaker, "", heard);
        if ((_arrived ?? (_match?.HeardLately is null ? null : targets.Match - _match.GainDb)) is { } arrived)
            history.Remember(speaker, plan.PresetId, arrived);
    }

    private StartingGains Measure(ChainPlan plan, ChainSetup setup, HeldLine held)
    {
        _heard = held.Loudness;
        // Of silence, or a line too short to measure, only the speaker is known.
        if (_heard is not { } heard)
            return Guess(plan, setup);
        double reference = Reference(heard);
        if (targets.Match is not { } target)
            return new StartingGains(reference, 0);
        // A line too quiet for the largest gain stays as much quieter to its end.
        double missing = targets.Reference is { } wanted ? Math.Max(0, wanted - heard - reference - 0.01) : 0;
        using var rehearsal = new Rehearsal(plan, setup with { Reference = new ChainGain(reference) });
        double? match = rehearsal.FindMatch(held, target - missing);
        _arrived = match is null || missing > 0 ? null : target - match;
        return new StartingGains(reference, match ?? 0);
    }

    private StartingGains Guess(ChainPlan plan, ChainSetup setup) => new(
        Reference(history.Recall(speaker, "") ?? UsualLoudness),
        targets.Match is not { } match ? 0
            : StartingGains.Limit(match - (history.Recall(speaker, plan.PresetId) ?? Calibrated(plan, setup)), StartingGains.MostMatch));

    private double Reference(double heard) => targets.Reference is { } target ? StartingGains.Limit(target - heard, StartingGains.MostReference) : 0;

    private double Calibrated(ChainPlan plan, ChainSetup setup) => MatchCalibration.Of(plan, setup, targets.Reference ?? UsualLoudness).Arrival;

    private ChainSetup Following(ChainSetup setup, StartingGains gains)
    {
        if (targets.Reference is { } reference)
            _reference = new LoudnessFollower(setup, reference, gains.ReferenceDb, StartingGains.MostReference, null);
        if (targets.Match is { } match)
            _match = new LoudnessFollower(setup, match, gains.MatchDb, StartingGains.MostMatch, _reference);
        return setup with { Reference = new ChainGain(gains.ReferenceDb, _reference), Match = new ChainGain(gains.MatchDb, _match) };
    }

    private static ChainSetup WithGains(ChainSetup setup, StartingGains gains) =>
        setup with { Reference = new ChainGain(gains.ReferenceDb), Match = new ChainGain(gains.MatchDb) };
}
