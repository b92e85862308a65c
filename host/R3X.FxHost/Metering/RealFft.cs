using System;
using System.Numerics;

namespace R3X.FxHost.Metering;

/// <summary>
/// The discrete Fourier transform of real samples, in double precision: as a complex transform of half the length whose
/// two halves are then told apart. Keeps working memory: one thread at a time.
/// </summary>
// Not NWaves' transform: the figures of likeness and intelligibility are made in double precision, by this one's 60
// lines.
internal sealed class RealFft
{
    private readonly Complex[] _work;
    private readonly Complex[] _turns;
    private readonly ComplexFft _half;

    /// <param name="size">Samples per transform: a power of two, at least 4.</param>
    public RealFft(int size)
    {
        if (size < 4 || !BitOperations.IsPow2(size))
        {
            throw new ArgumentOutOfRangeException(
                nameof(size), size, "The length of a transform is a power of two, at least 4.");
        }

        Size = size;
        _half = new ComplexFft(size / 2);
        _work = new Complex[size / 2];
        _turns = new Complex[size / 2];
        for (int k = 0; k < _turns.Length; k++)
            _turns[k] = Complex.FromPolarCoordinates(1, -2 * Math.PI * k / size);
    }

    /// <summary>Samples per transform.</summary>
    public int Size { get; }

    /// <summary>Frequencies from 0 to half the sample rate, both included.</summary>
    public int Bins => (Size / 2) + 1;

    /// <summary>The squared magnitude at each frequency k / <see cref="Size"/> of the sample rate.</summary>
    /// <param name="samples"><see cref="Size"/> of them.</param>
    /// <param name="power">Room for <see cref="Bins"/>.</param>
    public void Power(ReadOnlySpan<double> samples, Span<double> power)
    {
        int half = Size / 2;
        for (int i = 0; i < half; i++)
            _work[i] = new Complex(samples[2 * i], samples[(2 * i) + 1]);
        _half.Transform(_work);
        for (int k = 0; k <= half; k++)
        {
            // Even samples went in as real parts, odd ones as imaginary parts.
            Complex here = _work[k == half ? 0 : k];
            Complex mirror = _work[k == 0 ? 0 : half - k];
            var even = new Complex((here.Real + mirror.Real) / 2, (here.Imaginary - mirror.Imaginary) / 2);
            var odd = new Complex((here.Imaginary + mirror.Imaginary) / 2, (mirror.Real - here.Real) / 2);
            Complex value = even + (odd * (k == half ? -1 : _turns[k]));
            power[k] = (value.Real * value.Real) + (value.Imaginary * value.Imaginary);
        }
    }
}
