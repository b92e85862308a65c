using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Matching;

/// <summary>What may become the preset.</summary>
/// <param name="Draft">The preset.</param>
/// <param name="Share">How much is left of its curve, as there was voice to fit it to; 0 without a curve.</param>
internal sealed record MatchCandidate(Draft Draft, double Share);

/// <summary>
/// Decides between a chain of the voice's own and the preset that is compared with, that with a curve for the voice and
/// as it is: by lines that were left out, where there are enough.
/// </summary>
/// <param name="fit">Renders the fitted lines.</param>
/// <param name="cancellation">Gives it up.</param>
internal sealed class MatchChoice(RenderedFit fit, CancellationToken cancellation)
{
    // So little speech shows its words alone, so much the voice: a curve fitted to what is between is taken in part.
    private const double Nothing = 2;
    private const double Settled = 8;

    // Leaving one out takes two.
    private const int LeastLines = 2;

    /// <summary>How much to believe of a curve that was fitted to so much voice, 0 to 1.</summary>
    public static double ShareOf(double seconds) =>
        Math.Clamp((seconds - Nothing) / (Settled - Nothing), 0, 1);

    /// <summary>A preset with nothing added; null where its amount moves or a step has the curve's name.</summary>
    public static Draft? Copy(Preset preset) =>
        preset.Plan.Amount.Modulation is null && preset.Steps.All(step => step.Name != DraftText.CurveStep)
            ? new Draft { Base = preset, Amount = preset.Plan.Amount.Still }
            : null;

    /// <summary>Everything that may become the preset, the most promising first.</summary>
    /// <param name="own">A chain of the voice's own, its curve fitted.</param>
    /// <param name="other">The preset that is compared with; null where it is no better than dry.</param>
    /// <param name="share">How much of a curve to believe.</param>
    /// <param name="dry">What the fitted lines score dry.</param>
    public IReadOnlyList<MatchCandidate> Rank(Draft own, Draft? other, double share, double dry)
    {
        var chain = new MatchCandidate(own, share);
        if (other is null)
            return [chain];
        var asItIs = new MatchCandidate(other, 0);
        var curved = new MatchCandidate(fit.Curve(other, share, cancellation), share);
        if (fit.Count >= LeastLines)
        {
            return [.. new[] { curved, chain, asItIs }.OrderBy(candidate =>
                fit.CrossValidated(candidate.Draft, candidate.Share, cancellation))];
        }

        // One line cannot tell what is its words' and what the voice's. What takes most of the way already needs
        // little of it.
        return fit.Score(other, cancellation) < (1 + dry) / 2 ? [curved, asItIs, chain] : [chain, curved, asItIs];
    }
}
