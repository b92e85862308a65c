using System;
using System.Numerics;

namespace R3X.FxHost.Metering;

/// <summary>
/// The discrete Fourier transform in double precision, radix 2 (Cooley and Tukey 1965), in place. Any number of
/// threads.
/// </summary>
internal sealed class ComplexFft
{
    private readonly Complex[] _turns;

    /// <param name="size">Values per transform: a power of two, at least 2.</param>
    public ComplexFft(int size)
    {
        if (size < 2 || !BitOperations.IsPow2(size))
            throw new ArgumentOutOfRangeException(
                nameof(size), size, "The length of a transform is a power of two, at least 2.");
        Size = size;
        _turns = new Complex[size / 2];
        for (int k = 0; k < _turns.Length; k++)
            _turns[k] = Complex.FromPolarCoordinates(1, -2 * Math.PI * k / size);
    }

    /// <summary>Values per transform.</summary>
    public int Size { get; }

    /// <summary>
    /// Transforms in place. The inverse is this on conjugates, conjugated and divided by <see cref="Size"/>.
    /// </summary>
    /// <param name="values"><see cref="Size"/> of them.</param>
    public void Transform(Span<Complex> values)
    {
        values = values[..Size];
        for (int i = 0, reversed = 0; i < Size; i++)
        {
            if (i < reversed)
                (values[i], values[reversed]) = (values[reversed], values[i]);
            int bit = Size >> 1;
            for (; (reversed & bit) != 0; bit >>= 1)
                reversed ^= bit;
            reversed |= bit;
        }

        for (int length = 2; length <= Size; length *= 2)
        {
            int stride = Size / length;
            for (int start = 0; start < Size; start += length)
            {
                Span<Complex> low = values.Slice(start, length / 2);
                Span<Complex> high = values.Slice(start + (length / 2), length / 2);
                for (int k = 0; k < low.Length; k++)
                {
                    Complex a = low[k];
                    Complex b = high[k];
                    Complex turn = _turns[k * stride];
                    var turned = new Complex(
                        (b.Real * turn.Real) - (b.Imaginary * turn.Imaginary),
                        (b.Real * turn.Imaginary) + (b.Imaginary * turn.Real));
                    low[k] = a + turned;
                    high[k] = a - turned;
                }
            }
        }
    }
}
