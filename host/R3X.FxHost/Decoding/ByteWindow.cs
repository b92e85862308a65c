using System;

namespace R3X.FxHost.Decoding;

/// <summary>Bytes that came and are not used yet, in one piece, so that a reader sees whole what arrives cut
/// anywhere.</summary>
/// <param name="capacity">Bytes it holds, unless <see cref="Grow"/> asks for more.</param>
internal sealed class ByteWindow(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _start;
    private int _end;

    /// <summary>The bytes; good until the next <see cref="Take"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Takes bytes, as many as fit.</summary>
    public int Take(ReadOnlySpan<byte> input)
    {
        Bytes.CopyTo(_bytes);
        (_start, _end) = (0, _end - _start);
        int taken = Math.Min(input.Length, _bytes.Length - _end);
        input[..taken].CopyTo(_bytes.AsSpan(_end));
        _end += taken;
        return taken;
    }

    /// <summary>Lets go of the first bytes.</summary>
    public void Pass(int bytes) => _start += bytes;

    /// <summary>Makes room for so many bytes in one piece.</summary>
    public void Grow(int bytes)
    {
        if (bytes > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(bytes, 2 * _bytes.Length));
    }
}
