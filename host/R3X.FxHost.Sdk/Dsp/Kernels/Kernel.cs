using System.Runtime.CompilerServices;

namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// How kernels are compiled: never in small steps from slow to fast, for the first block is heard like any other.
/// </summary>
internal static class Kernel
{
    /// <summary>
    /// At full strength when it is first called. A build that is compiled ahead of time has the code already, which
    /// this would have thrown away.
    /// </summary>
#if AHEAD_OF_TIME
    public const MethodImplOptions Strength = default;
#else
    public const MethodImplOptions Strength = MethodImplOptions.AggressiveOptimization;
#endif
}
