using System;

namespace R3X.FxHost.Formats;

/// <summary>A bounded queue of bytes. Not safe for two threads by itself.</summary>
internal sealed class ByteRing(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _first;

    public int Count { get; private set; }

    public bool IsFull => Count == _bytes.Length;

    /// <summary>Puts in as many as fit and returns how many.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, _bytes.Length - Count);
        int at = (_first + Count) % _bytes.Length;
        int straight = Math.Min(taken, _bytes.Length - at);
        bytes[..straight].CopyTo(_bytes.AsSpan(at));
        bytes[straight..taken].CopyTo(_bytes);
        Count += taken;
        return taken;
    }

    /// <summary>Takes out as many as there are and fit, and returns how many.</summary>
    public int Read(Span<byte> target)
    {
        int given = Math.Min(target.Length, Count);
        int straight = Math.Min(given, _bytes.Length - _first);
        _bytes.AsSpan(_first, straight).CopyTo(target);
        _bytes.AsSpan(0, given - straight).CopyTo(target[straight..]);
        _first = (_first + given) % _bytes.Length;
        Count -= given;
        return given;
    }
}
