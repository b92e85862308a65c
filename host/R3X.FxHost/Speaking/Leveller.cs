using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Decides one line's gains: those that were given, those a held line measures, or for a live one those that suit what was heard of
/// its speaker before.
/// </summary>
/// <param name="targets">How loud the line is to be.</param>
/// <param name="history">What the host knows of speakers.</param>
/// <param name="speaker">Whose line it is; empty for nobody in particular.</param>
/// <param name="given">The gains of a line that is replayed; null measures.</param>
internal sealed class Leveller(LoudnessTargets targets, SpeakerHistory history, string speaker, StartingGains? given)
{
    // What a line of somebody unknown is taken for, in LUFS.
    private const double UsualLoudness = -20;

    private double? _heard;
    private double? _arrived;

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
        Gains = given ?? (held is not null ? Measure(plan, setup, held) : Guess(plan));
        return WithGains(setup, Gains);
    }

    /// <summary>Remembers for the speaker's next line what this one measured.</summary>
    public void LineEnded(ChainPlan plan)
    {
        if (_heard is { } heard)
            history.Remember(speaker, "", heard);
        if (_arrived is { } arrived)
            history.Remember(speaker, plan.PresetId, arrived);
    }

    private StartingGains Measure(ChainPlan plan, ChainSetup setup, HeldLine held)
    {
        _heard = held.Loudness;
        StartingGains guess = Guess(plan);
        double reference = targets.Reference is { } target && _heard is { } heard ? Rehearsal.Limited(target - heard) : guess.ReferenceDb;
        double match = guess.MatchDb;
        // A line of silence has nothing to be matched.
        if (targets.Match is { } wanted && _heard is not null)
        {
            using var rehearsal = new Rehearsal(plan, setup with { Reference = new ChainGain(reference) });
            match = rehearsal.FindMatch(held, wanted) ?? match;
            _arrived = rehearsal.Arrival is null ? null : wanted - match;
        }

        return new StartingGains(reference, match);
    }

    private StartingGains Guess(ChainPlan plan) => new(
        targets.Reference is { } reference ? Rehearsal.Limited(reference - (history.Recall(speaker, "") ?? UsualLoudness)) : 0,
        targets.Match is { } match ? Rehearsal.Limited(match - (history.Recall(speaker, plan.PresetId) ?? targets.Reference ?? UsualLoudness)) : 0);

    private static ChainSetup WithGains(ChainSetup setup, StartingGains gains) =>
        setup with { Reference = new ChainGain(gains.ReferenceDb), Match = new ChainGain(gains.MatchDb) };
}
