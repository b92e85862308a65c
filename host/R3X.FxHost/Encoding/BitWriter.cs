using System;
using System.Buffers.Binary;

namespace R3X.FxHost.Encoding;

/// <summary>Numbers of any width into bytes, the highest bit first. Nothing of it checks for room.</summary>
/// <param name="bytes">Room.</param>
internal sealed class BitWriter(byte[] bytes)
{
    private ulong _held;
    private int _heldBits;
    private int _length;

    /// <summary>The whole bytes written so far.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, _length);

    public void Clear() => (_held, _heldBits, _length) = (0, 0, 0);

    /// <summary>Writes the lowest bits of a number.</summary>
    /// <param name="value">The number; what is above its lowest bits is left out.</param>
    /// <param name="bits">0 to 32.</param>
    public void Write(uint value, int bits)
    {
        _held = (_held << bits) | (value & ((1UL << bits) - 1));
        _heldBits += bits;
        if (_heldBits < 32)
            return;
        _heldBits -= 32;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(_length), (uint)(_held >> _heldBits));
        _length += 4;
    }

    /// <summary>Writes a Rice code: what is above its lowest bits as zeros and a one, then those.</summary>
    /// <param name="value">The number.</param>
    /// <param name="bits">How many are the lowest, 0 to 30.</param>
    public void WriteRice(uint value, int bits)
    {
        uint zeros = value >> bits;
        for (; zeros > 31; zeros -= 31)
            Write(0, 31);
        Write(1, (int)zeros + 1);
        Write(value, bits);
    }

    /// <summary>Writes zeros to the next whole byte.</summary>
    public void Align()
    {
        Write(0, -_heldBits & 7);
        for (; _heldBits > 0; _heldBits -= 8)
            bytes[_length++] = (byte)(_held >> (_heldBits - 8));
    }
}
