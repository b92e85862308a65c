using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Sees whether an effect wrote past its block: what lies in front of and behind each channel is kept aside, compared
/// after the call and put back. Only for blocks in memory that has <see cref="Frames"/> on both sides of each channel.
/// Audio thread.
/// </summary>
/// <param name="channels">How many channels blocks have.</param>
internal sealed class Canary(int channels)
{
    /// <summary>How far it sees, in samples on either side: a cache line, and the alignment stays.</summary>
    public const int Frames = 16;

    private readonly float[] _kept = new float[channels * 2 * Frames];

    /// <summary>Keeps what is around a block.</summary>
    public void Note(in AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            Front(block, channel).CopyTo(Kept(channel, 0));
            Back(block, channel).CopyTo(Kept(channel, 1));
        }
    }

    /// <summary>Puts back what was around the block, where that is not what it was.</summary>
    /// <returns>Whether it had to.</returns>
    public bool Restore(in AudioBlock block)
    {
        bool hasChanged = false;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            hasChanged |= Restore(Kept(channel, 0), Front(block, channel));
            hasChanged |= Restore(Kept(channel, 1), Back(block, channel));
        }

        return hasChanged;
    }

    private static bool Restore(Span<float> kept, Span<float> now)
    {
        // As bits: NaN is not equal to itself.
        if (MemoryMarshal.Cast<float, int>(kept).SequenceEqual(MemoryMarshal.Cast<float, int>(now)))
            return false;
        kept.CopyTo(now);
        return true;
    }

    private static Span<float> Front(in AudioBlock block, int channel) => At(block, channel, -Frames);

    private static Span<float> Back(in AudioBlock block, int channel) => At(block, channel, block.Frames);

    private static Span<float> At(in AudioBlock block, int channel, int frame) => MemoryMarshal.CreateSpan(
        ref Unsafe.Add(ref MemoryMarshal.GetReference(block[channel]), frame), Frames);

    private Span<float> Kept(int channel, int side) =>
        _kept.AsSpan(((2 * channel) + side) * Frames, Frames);
}
