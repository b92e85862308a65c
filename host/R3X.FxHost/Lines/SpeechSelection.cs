using System.Collections.Generic;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets;

namespace R3X.FxHost;

/// <summary>
/// How the assistant chooses the sound of a line: it names a preset, or says what the line is and lets the presets
/// decide. A named preset always wins. Otherwise the preset whose <c>use-when</c> matches mood, cue, text and speaker
/// with the most conditions is taken, and the default where none matches.
/// </summary>
public sealed record SpeechSelection
{
    /// <summary>Says nothing of the line: mostly that comes to the default of <c>host.yaml</c>.</summary>
    public static SpeechSelection Default { get; } = new();

    /// <summary>Plays the line without effects.</summary>
    public static SpeechSelection WithoutEffects { get; } = new() { IsDry = true };

    /// <summary>A preset's id, or the path of a preset file.</summary>
    public string? Preset { get; init; }

    /// <summary>The mood the line is spoken in, such as <c>excited</c>.</summary>
    public string? Mood { get; init; }

    /// <summary>What the line is for, such as <c>greeting</c>.</summary>
    public string? Cue { get; init; }

    /// <summary>The words that are spoken, with directions in brackets (<c>[whispers]</c>) as the voice was given
    /// them.</summary>
    public string? Text { get; init; }

    /// <summary>Whose voice it is.</summary>
    public string? Speaker { get; init; }

    /// <summary>Everything random in the line follows from it; null draws a new one, which the report names.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Changes to the preset for this line alone, each <c>STEP.SETTING=VALUE</c> (<c>comb.mix=40%</c>),
    /// <c>STEP=bypass</c> or <c>STEP=on</c>, or <c>+EFFECT</c>, which adds an effect where the preset has none of it.
    /// One that cannot be is left out and reported.
    /// </summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>
    /// How much of the preset's chain is heard, as presets write it: <c>70%</c>, or a modulation such as <c>wobble 40%
    /// to 100% at 0.3 Hz</c>. 0% is the line without effects, as late as with them. Null takes the preset's
    /// <c>amount</c>, else that of <c>host.yaml</c>, else 100%. One that cannot be is left out and reported.
    /// </summary>
    public string? Amount { get; init; }

    /// <summary>
    /// Whether the line is sent through the chain as loud as it arrives, and left as loud as the chain makes it.
    /// Otherwise it is brought to <c>reference-loudness</c> in front of the chain and to the preset's
    /// <c>match-loudness</c> in front of the last limiter.
    /// </summary>
    public bool KeepsLevel { get; init; }

    /// <summary>
    /// The gains to begin with in place of measured ones, as the report of a line named them: with <see cref="Seed"/>
    /// they make a replay exact. Null measures.
    /// </summary>
    public StartingGains? StartingGains { get; init; }

    /// <summary>Whether the line is to be left without effects.</summary>
    public bool IsDry { get; init; }

    /// <summary>
    /// What holds for this line in place of the host's own <c>host.yaml</c>, as when it comes from another machine;
    /// null takes that. Such a line also knows nothing of the lines before it, neither how loud its speaker was nor
    /// which effects failed: it is the same whoever renders it, and in whatever order.
    /// </summary>
    internal HostSettings? Settings { get; init; }

    /// <summary>Chooses a preset by name.</summary>
    /// <param name="idOrPath">The preset's id, or the path of a preset file.</param>
    public static SpeechSelection OfPreset(string idOrPath) => new() { Preset = idOrPath };
}
