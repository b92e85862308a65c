using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>An effect whose assembly is loaded.</summary>
/// <param name="Description">What it is.</param>
/// <param name="Parameters">Its settings, in its own order (the host's own list of them).</param>
/// <param name="Create">Makes a fresh instance.</param>
public sealed record LoadedEffect(
    EffectDescription Description, IReadOnlyList<Parameter> Parameters, Func<IEffect> Create)
{
    /// <summary>Why it runs in a process of its own: the end of a sentence. Null where it runs in the host's.</summary>
    public string? OwnProcess { get; init; }
}
