using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>How a slot fares.</summary>
/// <param name="Step">The step's name in the preset.</param>
/// <param name="EffectId">The effect.</param>
/// <param name="LatencyFrames">Frames by which it delays the line.</param>
/// <param name="TailFrames">Frames it sounds on.</param>
/// <param name="ProcessingTime">Time all its calls took together, with that of their guard.</param>
/// <param name="IsActive">Whether the effect is what is heard; false once it is quarantined.</param>
/// <param name="Reduction">By how much it turned the line down while it was heard; null for an effect that does not
/// say.</param>
/// <param name="Start">What each setting was at the line's first sample, in the order of the plan's parameters: what
/// was drawn, where it was. Empty where the effect could not be prepared.</param>
/// <param name="Fault">Why it is not, if it misbehaved in this line.</param>
public sealed record SlotReport(
    string Step,
    string EffectId,
    int LatencyFrames,
    int TailFrames,
    TimeSpan ProcessingTime,
    bool IsActive,
    GainReduction? Reduction,
    IReadOnlyList<double> Start,
    SlotFault? Fault);
