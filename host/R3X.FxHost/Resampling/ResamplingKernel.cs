using System;
using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Resampling;

/// <summary>
/// The low-pass between two rates, one row of coefficients for each place an output sample can have between two input
/// samples. A sinc under a Kaiser window, in polyphase form (Crochiere and Rabiner, "Multirate Digital Signal
/// Processing", 1983). Immutable and shared.
/// </summary>
internal sealed class ResamplingKernel
{
    // Silent from half the lower rate on: then nothing folds back, not even from the slope. Kaiser's window makes the
    // pass band as exact as the stop band is deep, which nobody hears; a slope that starts a little early costs 0.007
    // dB at 0.43 of the lower rate and saves a tenth of the look-ahead.
    private const double PassEdge = 0.426;
    private const double StopEdge = 0.5;
    private const double Attenuation = 92.9;
    // Coefficients of rates with little in common are interpolated; their error is (pi / rows)^2 / 8, -118 dB.
    private const int MostRows = 4_096;
    private const int InterpolatedRows = 1_024;
    private const int MostShared = 64;

    private static readonly ConcurrentDictionary<(int Up, int Down), ResamplingKernel> Shared = new();

    private readonly float[] _rows;

    private ResamplingKernel(int up, int down)
    {
        Up = up;
        Down = down;
        double lower = Math.Min(1.0, (double)up / down);
        double width = (StopEdge - PassEdge) * lower;
        double taps = (Attenuation - 7.95) / (2.285 * 2 * Math.PI * width);
        LookAhead = (int)Math.Ceiling(taps / 2);
        Taps = ((2 * LookAhead) + 15) / 16 * 16;
        IsExact = up <= MostRows;
        Rows = IsExact ? up : InterpolatedRows;
        // A row more for the right neighbour of the last when interpolating.
        _rows = GC.AllocateArray<float>((Rows + (IsExact ? 0 : 1)) * Taps, pinned: true);
        double cutoff = (PassEdge + StopEdge) / 2 * lower;
        for (int row = 0; row * Taps < _rows.Length; row++)
            Design(_rows.AsSpan(row * Taps, Taps), (double)row / Rows, cutoff);
    }

    /// <summary>Output samples to <see cref="Down"/> input samples, in lowest terms.</summary>
    public int Up { get; }

    public int Down { get; }

    /// <summary>Input samples needed behind the place of an output sample.</summary>
    public int LookAhead { get; }

    /// <summary>Coefficients of a row, a multiple of 16; the last weighs the input sample <see cref="LookAhead"/>
    /// ahead.</summary>
    public int Taps { get; }

    /// <summary>Number of places with coefficients of their own.</summary>
    public int Rows { get; }

    /// <summary>Whether every place has a row.</summary>
    public bool IsExact { get; }

    /// <summary>The kernel for a pair of rates, designed once.</summary>
    public static ResamplingKernel For(int inputRate, int outputRate)
    {
        int common = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        if (Shared.Count > MostShared)
            Shared.Clear();
        return Shared.GetOrAdd(
            (outputRate / common, inputRate / common), static pair => new ResamplingKernel(pair.Up, pair.Down));
    }

    /// <summary>The output sample at a place between two input samples.</summary>
    /// <param name="window">The first of <see cref="Taps"/> input samples.</param>
    /// <param name="place">0 to <see cref="Up"/> - 1, in parts of 1 / <see cref="Up"/> input sample.</param>
    public float At(ref float window, int place)
    {
        ref float rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        if (IsExact)
            return Dot(ref window, ref Unsafe.Add(ref rows, place * Taps), Taps);
        long scaled = (long)place * Rows;
        int row = (int)(scaled / Up);
        float part = (float)(scaled % Up) / Up;
        float left = Dot(ref window, ref Unsafe.Add(ref rows, row * Taps), Taps);
        float right = Dot(ref window, ref Unsafe.Add(ref rows, (row + 1) * Taps), Taps);
        return left + (part * (right - left));
    }

    private static float Dot(ref float a, ref float b, int count)
    {
        Vector<float> even = Vector<float>.Zero;
        Vector<float> odd = Vector<float>.Zero;
        int step = Vector<float>.Count;
        int i = 0;
        for (; i + (2 * step) <= count; i += 2 * step)
        {
            even += Load(ref a, i) * Load(ref b, i);
            odd += Load(ref a, i + step) * Load(ref b, i + step);
        }

        float sum = Vector.Sum(even + odd);
        for (; i < count; i++)
            sum += Unsafe.Add(ref a, i) * Unsafe.Add(ref b, i);
        return sum;
    }

    private static Vector<float> Load(ref float source, int at)
        => Unsafe.ReadUnaligned<Vector<float>>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, at)));

    private void Design(Span<float> row, double place, double cutoff)
    {
        double beta = KaiserWindow.BetaFor(Attenuation);
        double scale = 1 / KaiserWindow.QuicklyAt(0, beta);
        Span<double> exact = stackalloc double[row.Length];
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double t = LookAhead - (row.Length - 1 - i) - place;
            double window = KaiserWindow.QuicklyAt(t / LookAhead, beta);
            exact[i] = 2 * cutoff * KaiserWindow.Sinc(2 * cutoff * t) * window * scale;
            sum += exact[i];
        }

        // Every row passes a constant unchanged, so that no place hums.
        for (int i = 0; i < row.Length; i++)
            row[i] = (float)(exact[i] / sum);
    }
}
