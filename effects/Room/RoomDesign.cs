using System;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Lengths and gains of a feedback delay network (J.-M. Jot and A. Chaigne, "Digital Delay Networks for Designing
/// Artificial Reverberators", AES 1991): every line loses decibels in proportion to its length, so that all resonances
/// die together and none is left over to ring.
/// </summary>
internal sealed class RoomDesign
{
    /// <summary>Number of delay lines.</summary>
    public const int Lines = 8;

    /// <summary>Number of steps that smear the voice before it enters the lines.</summary>
    public const int Steps = 3;

    // Line lengths as multiples of the shortest: irregular, so that echoes do not fall on a grid.
    private static readonly double[] Spacing = [1, 1.093, 1.217, 1.361, 1.508, 1.693, 1.877, 2.129];

    // Where in its eighth of a step each line's reflection lies.
    private static readonly double[][] Places =
    [
        [0.62, 0.11, 0.83, 0.37, 0.55, 0.94, 0.23, 0.71],
        [0.29, 0.77, 0.05, 0.58, 0.91, 0.34, 0.66, 0.49],
        [0.87, 0.42, 0.15, 0.73, 0.31, 0.08, 0.96, 0.53],
    ];

    private static readonly double[] StepMilliseconds = [3, 7, 15];

    private readonly AudioFormat _format;
    private readonly double _decayFrames;

    public RoomDesign(AudioFormat format, double size, double decayMilliseconds, double preDelayMilliseconds)
    {
        _format = format;
        _decayFrames = decayMilliseconds / 1000 * format.SampleRate;
        PreDelay = format.Frames(preDelayMilliseconds);
        double scale = 0.5 + (1.5 * size);
        int previous = 0;
        double mean = 0;
        for (int i = 0; i < Lines; i++)
        {
            previous = PrimeFrom(Math.Max(previous + 1, format.Frames(17 * scale * Spacing[i])));
            LineFrames[i] = previous;
            LineGains[i] = Math.Pow(10, -3 * previous / _decayFrames);
            mean += LineGains[i] * LineGains[i] / Lines;
        }

        Level = Math.Sqrt(1 - mean);
        for (int step = 0; step < Steps; step++)
        {
            StepFrames[step] = new int[Lines];
            for (int i = 0; i < Lines; i++)
                StepFrames[step][i] = 1 + format.Frames(scale * StepMilliseconds[step] * (i + Places[step][i]) / Lines);
        }
    }

    /// <summary>Frames before the room answers.</summary>
    public int PreDelay { get; }

    /// <summary>Lengths of the lines in frames, the shortest first: different primes.</summary>
    public int[] LineFrames { get; } = new int[Lines];

    /// <summary>Factor per round for each line.</summary>
    public double[] LineGains { get; } = new double[Lines];

    /// <summary>Delays of each smearing step.</summary>
    public int[][] StepFrames { get; } = new int[Steps][];

    /// <summary>
    /// Factor that makes the room as loud as what goes in: the echoes of a sample hold 1 / (1 - g^2) of its energy.
    /// </summary>
    public double Level { get; }

    /// <summary>
    /// What a one-pole low-pass in a line keeps so that, at a frequency, a round loses twice the decibels it loses at 0
    /// Hz.
    /// </summary>
    /// <param name="line">Which line.</param>
    /// <param name="frequency">As a fraction of the sample rate; 0 for no damping.</param>
    public double Keep(int line, double frequency)
    {
        if (frequency == 0)
            return 0;
        // |(1-k) / (1 - k/z)| = g, solved for k.
        double g2 = LineGains[line] * LineGains[line];
        double b = (1 - (g2 * Math.Cos(2 * Math.PI * frequency))) / (1 - g2);
        return b - Math.Sqrt((b * b) - 1);
    }

    /// <summary>Frames until what was loud is 80 dB down.</summary>
    /// <param name="mix">Share of the room, 0 to 1.</param>
    public int TailFrames(double mix)
    {
        if (mix == 0)
            return 0;
        // Echoes that happen to meet are up to four times as loud as the mean.
        double fall = Math.Max(0, 80 + Decibels.FromGain(4 * mix));
        int smear = 0;
        foreach (int[] step in StepFrames)
            smear += step[Lines - 1];
        return PreDelay + smear + LineFrames[Lines - 1] + (int)Math.Ceiling(_decayFrames * fall / 60);
    }

    private static int PrimeFrom(int number)
    {
        for (; ; number++)
        {
            bool isPrime = number > 1;
            for (int divisor = 2; divisor * divisor <= number && isPrime; divisor++)
                isPrime = number % divisor != 0;
            if (isPrime)
                return number;
        }
    }
}
