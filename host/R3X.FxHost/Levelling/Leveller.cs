using System;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Levelling;

/// <summary>
/// Decides one line's gains: those that were given, those a held line measures, or for a live one those that suit what
/// was heard of its speaker before, from where they follow the line.
/// </summary>
/// <param name="targets">How loud the line is to be.</param>
/// <param name="history">What the host knows of speakers.</param>
/// <param name="speaker">Whose line it is; empty for nobody in particular.</param>
/// <param name="given">The gains of a line that is replayed; null measures.</param>
internal sealed class Leveller(LoudnessTargets targets, SpeakerHistory history, string speaker, StartingGains? given)
{
    // What a line of somebody unknown is taken for, in LUFS.
    private const double UsualLoudness = -20;

    // What is quieter is a room's hiss, what is louder is noise, in LUFS.
    private const double QuietestVoice = -50;
    private const double LoudestVoice = -3;

    private LoudnessFollower? _reference;
    private LoudnessFollower? _match;
    private double? _heard;
    private GainSearch? _search;
    private bool _isTooQuiet;
    private StartingGains? _gains;

    /// <summary>How loud the line is to be.</summary>
    public LoudnessTargets Targets => targets;

    /// <summary>Whether a line that can be held should be: there is something to measure.</summary>
    public bool Measures => !targets.IsEmpty && given is null;

    /// <summary>The gains the line began with; null until the chain was set up, or when its level is left
    /// alone.</summary>
    public StartingGains? Gains => _search is null ? _gains : _gains! with { MatchDb = _search.Gain };

    /// <summary>Makes a line's chain ready, gains included.</summary>
    /// <param name="plan">The chain.</param>
    /// <param name="setup">Its setup without gains.</param>
    /// <param name="held">The line, if it was held; null when it is live.</param>
    /// <param name="cancellation">Gives the line up.</param>
    /// <exception cref="System.IO.IOException">The line cannot be read any more, or not be kept.</exception>
    public LineStart Prepare(ChainPlan plan, ChainSetup setup, MeasuredTake? held, CancellationToken cancellation)
    {
        if (targets.IsEmpty)
            return new LineStart(Warm(plan, setup), null);
        if (given is null && held?.Loudness is { } heard)
            return Measure(plan, setup, held, heard, cancellation);
        // Of silence, or a line too short to measure, only the speaker is known.
        _gains = given ?? Guess(plan, setup) with { Follows = held is null };
        return new LineStart(Warm(plan, _gains.Follows ? Following(setup, _gains) : WithGains(setup, _gains)), null);
    }

    /// <summary>
    /// Remembers for the speaker's next line what this one measured. A line that is silent, or as loud as no voice is,
    /// teaches nothing; one of which an effect was left out nothing of what the chain makes of a voice.
    /// </summary>
    /// <param name="plan">The chain.</param>
    /// <param name="isWhole">Whether the line went through all of it.</param>
    public void LineEnded(ChainPlan plan, bool isWhole = true)
    {
        double? heard = _heard ?? _reference?.Heard;
        bool isVoice = heard is >= QuietestVoice and <= LoudestVoice;
        if (isVoice)
            history.Remember(speaker, "", heard!.Value);
        else if (heard is not null || targets.Reference is not null)
            return;
        if (isWhole && (Arrived ?? (_match?.HeardLately is null ? null : targets.Match - _match.GainDb)) is { } arrived)
            history.Remember(speaker, PlaceOf(plan), arrived);
    }

    // What the line's loudness at the match point comes to, the limiter behind it included.
    private double? Arrived => _search is { IsOver: true } && !_isTooQuiet ? targets.Match - _search.Gain : null;

    private LineStart Measure(
        ChainPlan plan, ChainSetup setup, MeasuredTake held, double heard, CancellationToken cancellation)
    {
        _heard = heard;
        _gains = new StartingGains(Reference(heard), 0);
        ChainSetup levelled = WithGains(setup, _gains);
        if (targets.Match is not { } target)
            return new LineStart(Warm(plan, levelled), null);
        // A line too quiet for the largest gain stays as much quieter to its end.
        double missing = targets.Reference is { } wanted ? Math.Max(0, wanted - heard - _gains.ReferenceDb - 0.01) : 0;
        _isTooQuiet = missing > 0;
        // The line's own way, where it can rest on it until the gain is found.
        bool goesOn = held.IsWhole && !plan.ListensBehindMatch;
        Chain chain = Warm(plan, goesOn ? levelled : levelled.ForDryRun);
        var arrived = MeasuredTake.AtMatch(held, chain, cancellation);
        try
        {
            if (arrived.Loudness is { } loudness)
            {
                var dryRun = new DryRun(plan, levelled, arrived);
                _search = new GainSearch(loudness, target - missing, dryRun.Tolerance);
                dryRun.Run(_search, cancellation);
            }
        }
        catch
        {
            arrived.Dispose();
            throw;
        }

        if (goesOn)
        {
            chain.GoOnFromMatch(Gains!.MatchDb);
            return new LineStart(chain, arrived);
        }

        arrived.Dispose();
        chain.Close();
        return new LineStart(Warm(plan, WithGains(setup, Gains!)), null);
    }

    private static Chain Warm(ChainPlan plan, ChainSetup setup)
    {
        var chain = Chain.Prepare(plan, setup);
        chain.WarmUp();
        return chain;
    }

    private StartingGains Guess(ChainPlan plan, ChainSetup setup) => new(
        Reference(history.Recall(speaker, "") ?? UsualLoudness),
        targets.Match is not { } match ? 0
            : StartingGains.Limit(
                match - (history.Recall(speaker, PlaceOf(plan)) ?? Calibrated(plan, setup)), StartingGains.MostMatch));

    private double Reference(double heard) =>
        targets.Reference is { } target ? StartingGains.Limit(target - heard, StartingGains.MostReference) : 0;

    // A line arrives otherwise with half of a chain than with all of it; with a little more or less of it, much the
    // same.
    private static string PlaceOf(ChainPlan plan) =>
        plan.Amount.Modulation is not null ? plan.PresetId + " moving"
        : Math.Round(plan.Amount.Still / 10) is var tenths and not 10 ? $"{plan.PresetId} {tenths}0%" : plan.PresetId;

    private double Calibrated(ChainPlan plan, ChainSetup setup) =>
        MatchCalibration.Of(plan, setup, targets.Reference ?? UsualLoudness).Arrival;

    private ChainSetup Following(ChainSetup setup, StartingGains gains)
    {
        if (targets.Reference is { } reference)
            _reference = new LoudnessFollower(setup, reference, gains.ReferenceDb, StartingGains.MostReference, null);
        if (targets.Match is { } match)
            _match = new LoudnessFollower(setup, match, gains.MatchDb, StartingGains.MostMatch, _reference);
        return setup with { Reference = new ChainGain(gains.ReferenceDb, _reference),
            Match = new ChainGain(gains.MatchDb, _match) };
    }

    private static ChainSetup WithGains(ChainSetup setup, StartingGains gains) =>
        setup with { Reference = new ChainGain(gains.ReferenceDb), Match = new ChainGain(gains.MatchDb) };
}

/// <summary>A chain made ready for a line.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Arrived">
/// What of the line is already in it: the chain goes on from there, with these frames in place of the line's. Null when
/// it is at the line's first frame.
/// </param>
internal sealed record LineStart(Chain Chain, MeasuredTake? Arrived) : IDisposable
{
    public void Dispose() => Arrived?.Dispose();
}
