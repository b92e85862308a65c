using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Diagnostics;

/// <summary>What a step of the chain cost a line.</summary>
/// <param name="Step">The step's name in the preset.</param>
/// <param name="Effect">The effect's id.</param>
/// <param name="Latency">By how much it delays the sound.</param>
/// <param name="ProcessingTime">Time spent in it.</param>
/// <param name="Bypassed">Whether it was bypassed for misbehaving.</param>
/// <param name="Reduction">By how much it turned the line down; null for an effect that does not say.</param>
public sealed record EffectReport(string Step, string Effect, TimeSpan Latency, TimeSpan ProcessingTime, bool Bypassed,
    GainReduction? Reduction = null)
{
    /// <summary>The exception for which it was bypassed, as text with its stack trace; null where there was
    /// none.</summary>
    public string? Exception { get; init; }

    /// <summary>The settings that moved or were drawn, in the effect's own order.</summary>
    public IReadOnlyList<MovedSetting> Moved { get; init; } = [];

    /// <summary>What each setting was, by its id, as presets write it: a value, or the sentence by which it
    /// moved.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
