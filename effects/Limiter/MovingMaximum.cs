using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Effects;

/// <summary>
/// The highest of the last so many values, by doubling: from the highest of two neighbours that of four, of eight, and
/// so on, and at last of two such stretches that overlap. Nothing is serial, so all of it is as wide as the machine.
/// </summary>
internal sealed class MovingMaximum
{
    // How much is processed before what is still needed is moved to the beginning of the memory.
    private const int Room = 1024;

    private readonly int[] _back;
    private readonly float[][] _memory;
    private readonly int[] _end;

    /// <param name="length">How many values count, the newest included; at least 1.</param>
    public MovingMaximum(int length)
    {
        int stages = length == 1 ? 0 : BitOperations.Log2((uint)length - 1) + 1;
        _back = new int[stages];
        _memory = new float[stages][];
        _end = new int[stages];
        for (int stage = 0; stage < stages; stage++)
        {
            int covered = 1 << stage;
            _back[stage] = Math.Min(covered, length - covered);
            _memory[stage] = new float[_back[stage] + Room];
        }

        Clear();
    }

    /// <summary>Replaces each value by the highest of the last ones.</summary>
    /// <param name="values">Any number up to a segment, 0 or more.</param>
    public void Process(Span<float> values)
    {
        for (int stage = 0; stage < _back.Length; stage++)
        {
            int back = _back[stage];
            var memory = _memory[stage];
            if (_end[stage] + values.Length > memory.Length)
            {
                memory.AsSpan(_end[stage] - back, back).CopyTo(memory);
                _end[stage] = back;
            }

            int end = _end[stage];
            values.CopyTo(memory.AsSpan(end));
            Raise(memory.AsSpan(end - back, values.Length), values);
            _end[stage] = end + values.Length;
        }
    }

    /// <summary>Starts with a past of zeros.</summary>
    public void Clear()
    {
        for (int stage = 0; stage < _back.Length; stage++)
        {
            Array.Clear(_memory[stage]);
            _end[stage] = _back[stage];
        }
    }

    private static void Raise(ReadOnlySpan<float> older, Span<float> values)
    {
        ref float from = ref MemoryMarshal.GetReference(older);
        ref float to = ref MemoryMarshal.GetReference(values[..older.Length]);
        int i = 0;
        for (; i <= older.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.StoreUnsafe(Vector.MaxNative(Vector.LoadUnsafe(ref from, (nuint)i),
                Vector.LoadUnsafe(ref to, (nuint)i)), ref to, (nuint)i);
        for (; i < older.Length; i++)
            values[i] = Math.Max(values[i], older[i]);
    }
}
