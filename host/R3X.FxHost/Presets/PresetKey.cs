using System;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>One outermost key of a preset's file.</summary>
/// <param name="About">What it is for, a sentence; empty where what stands below it says so.</param>
/// <param name="ValueIn">Its value in a preset, as people read it; null for keys that make up the steps.</param>
internal sealed record PresetKey(
    string Name, KeyContent Takes, string About = "", Func<Preset, string>? ValueIn = null)
{
    /// <summary>What its value takes, of a key that takes one and is no parameter.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>The parameter that it sets; null for most.</summary>
    public Parameter? Parameter { get; init; }

    /// <summary>Whether a child without it has its parent's.</summary>
    public bool IsInherited { get; init; }

    /// <summary>Whether a program can set it, as one value.</summary>
    public bool CanBeSet { get; init; }

    /// <summary>Whether another value sounds different.</summary>
    public bool IsHeard { get; init; }
}

/// <summary>What stands behind an outermost key.</summary>
internal enum KeyContent
{
    /// <summary>The version of the language.</summary>
    Version,

    /// <summary>A text for people.</summary>
    Text,

    /// <summary>One such text or a list of them.</summary>
    Texts,

    /// <summary>The id of another preset.</summary>
    Parent,

    /// <summary>Entries with conditions.</summary>
    Conditions,

    /// <summary>Steps of the chain.</summary>
    Steps,

    /// <summary>One value, with its unit where it has one.</summary>
    Value,

    /// <summary><c>full</c> or <c>draft</c>.</summary>
    Quality,
}
