using System;

namespace R3X.FxHost.Conformance;

/// <summary>An effect does not keep a promise. Between a check and <see cref="EffectConformance.Run"/>.</summary>
/// <param name="measured">What was measured, whole sentences.</param>
/// <param name="block">Where it shows; null where no sound does.</param>
#pragma warning disable CA1032, CA1064
internal sealed class BrokenPromiseException(string measured, FailedBlock? block) : Exception(measured)
{
    public FailedBlock? Block { get; } = block;
}

/// <summary>There is nothing to check. Between a check and <see cref="EffectConformance.Run"/>.</summary>
/// <param name="why">A whole sentence.</param>
internal sealed class DoesNotApplyException(string why) : Exception(why);
