using System;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>What is known of a line before it is spoken, for a preset to be chosen by. What is null or blank is not
/// known.</summary>
/// <param name="Mood">The mood it is spoken in, such as <c>excited</c>.</param>
/// <param name="Cue">What it is for, such as <c>greeting</c>.</param>
/// <param name="Text">The words that are spoken, directions in brackets (<c>[whispers]</c>) included.</param>
/// <param name="Speaker">Whose voice it is.</param>
/// <param name="Seed">The line's seed, which chances are drawn from.</param>
public sealed record LineTraits(
    string? Mood = null, string? Cue = null, string? Text = null, string? Speaker = null, ulong Seed = 0);

/// <summary>A line as conditions ask about it. Its text is taken apart when the first one asks. One thread.</summary>
internal sealed class MatchedLine(LineTraits traits)
{
    private readonly Lazy<SpokenText?> _text = new(() => SpokenText.Of(traits.Text), isThreadSafe: false);

    /// <summary>What is known of it.</summary>
    public LineTraits Traits { get; } = traits with
    {
        Mood = traits.Mood is null ? null : Composed.Of(traits.Mood),
        Cue = traits.Cue is null ? null : Composed.Of(traits.Cue),
        Speaker = traits.Speaker is null ? null : Composed.Of(traits.Speaker),
    };

    /// <summary>Its text; null when it is not known.</summary>
    public SpokenText? Text => _text.Value;
}
