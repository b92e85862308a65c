using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Memory on the stack for what is needed within one call. All lines of a thread work in the same few kilobytes then,
/// which stay in the processor's cache, where memory of each line's own would have to be fetched.
/// </summary>
public static class StackMemory
{
    /// <summary>Samples to ask for beyond those needed, so that an aligned part is long enough.</summary>
    public const int Spare = 64 / sizeof(float);

    /// <summary>
    /// The part that is aligned for vectors: a store across two cache lines is slow, and slower to read back.
    /// </summary>
    /// <param name="memory">What <c>stackalloc</c> gave, <see cref="Spare"/> longer than is needed.</param>
    public static unsafe Span<float> Aligned(Span<float> memory)
    {
        int past = (int)((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)) / sizeof(float) % Spare);
        return memory[((Spare - past) % Spare)..];
    }
}
