using System;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Choosing;

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
