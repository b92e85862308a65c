using System;

namespace R3X.FxHost.Metering;

/// <summary>How a sound's spectrum changes over time: levels in columns of time and rows of frequency.
/// Immutable.</summary>
public sealed class Spectrogram
{
    /// <summary>The lowest level in dB; silence has it.</summary>
    public const double Floor = -160;

    private const double WindowSeconds = 0.03;
    private const int MostFramesPerColumn = 8;

    private readonly float[] _levels;

    private Spectrogram(float[] levels, int columns, int rows)
    {
        _levels = levels;
        Columns = columns;
        Rows = rows;
    }

    /// <summary>Steps of time.</summary>
    public int Columns { get; }

    /// <summary>Bands of frequency.</summary>
    public int Rows { get; }

    /// <summary>The level in dB, where a full-scale sine has 0.</summary>
    /// <param name="column">0 for the start of the sound.</param>
    /// <param name="row">0 for the lowest band.</param>
    public double this[int column, int row] => _levels[(column * Rows) + row];

    /// <summary>Analyses a sound with windows of about 30 ms (Hann's).</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="columns">Into how many steps its whole length is cut.</param>
    /// <param name="edges">The bands' edges in Hz, rising; one more than there are bands.</param>
    public static Spectrogram Of(ReadOnlySpan<float> samples, int sampleRate, int columns, ReadOnlySpan<double> edges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int rows = edges.Length - 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1, nameof(edges));
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(WindowSeconds * sampleRate * 0.75));
        var frames = new Frames(Frames.Hann(size), size);
        var power = new double[frames.Power.Length];
        var levels = new float[columns * rows];
        for (int column = 0; column < columns; column++)
        {
            double start = (double)samples.Length * column / columns;
            double width = (double)samples.Length / columns;
            int looks = Math.Clamp((int)Math.Ceiling(width / (size / 2.0)), 1, MostFramesPerColumn);
            Array.Clear(power);
            for (int look = 0; look < looks; look++)
            {
                frames.LookAt(samples, (long)(start + (width * (look + 0.5) / looks)) - (size / 2));
                for (int bin = 0; bin < power.Length; bin++)
                    power[bin] = Math.Max(power[bin], frames.Power[bin]);
            }

            // A full-scale sine under Hann's window has a line of size / 4.
            for (int row = 0; row < rows; row++)
                levels[(column * rows) + row] = Level(PowerIn(power, edges[row] * size / sampleRate,
                    edges[row + 1] * size / sampleRate) / (size * size / 16.0));
        }

        return new Spectrogram(levels, columns, rows);
    }

    private static float Level(double power) => (float)Math.Max(Floor, 10 * Math.Log10(power));

    // The highest line in a band; between two lines where none lies in it.
    private static double PowerIn(double[] power, double low, double high)
    {
        int first = (int)Math.Ceiling(low);
        if (first >= power.Length)
            return 0;
        if (first >= high)
        {
            double place = Math.Min((low + high) / 2, power.Length - 1);
            int below = (int)place;
            return below + 1 == power.Length
                ? power[below] : power[below] + ((place - below) * (power[below + 1] - power[below]));
        }

        double highest = 0;
        for (int bin = first; bin < power.Length && bin < high; bin++)
            highest = Math.Max(highest, power[bin]);
        return highest;
    }
}
