using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>What it takes to bring a fault about again.</summary>
/// <param name="Format">The line's format.</param>
/// <param name="MaxFrames">The largest block the effect was prepared for.</param>
/// <param name="Quality">The chain's.</param>
/// <param name="Seed">The line's seed.</param>
/// <param name="Parameters">The effect's settings.</param>
/// <param name="Values">Where each of them was in that block; empty where the effect could not be prepared.</param>
/// <param name="Curve">The curve among them.</param>
/// <param name="Input">What the effect was given in that block, one array a channel; null before the first
/// block.</param>
internal sealed record FaultMoment(
    AudioFormat Format,
    int MaxFrames,
    RenderQuality Quality,
    ulong Seed,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<double> Values,
    FrequencyCurve Curve,
    float[][]? Input);
