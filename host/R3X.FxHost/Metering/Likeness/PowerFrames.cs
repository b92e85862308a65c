using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// Power spectra of a sound's frames: Hann 2,048, hop 512 at 44.1 kHz, up to 8.6 kHz. One row a frame, <see
/// cref="Bins"/> to a row. Immutable.
/// </summary>
internal sealed class PowerFrames
{
    /// <summary>Samples of a frame.</summary>
    public const int Size = 2_048;

    /// <summary>Samples from one frame to the next.</summary>
    public const int Hop = 512;

    /// <summary>
    /// Frequencies of a row: k * 44,100 / 2,048 Hz, k from 0. The highest tone band ends in the last one.
    /// </summary>
    public const int Bins = 399;

    // What counts as a frame's energy, above 200 Hz and below 8.5 kHz; and how far below the 95th percentile a frame
    // still is speech.
    private const double LowestFrequency = 200;
    private const double HighestFrequency = 8_500;
    private const double Range = 25;

    private static readonly double[] Window = SymmetricHann.Of(Size);
    private static readonly int First = (int)Math.Floor(LowestFrequency / Frequency(1)) + 1;
    private static readonly int Last = (int)Math.Ceiling(HighestFrequency / Frequency(1)) - 1;

    private readonly float[] _power;

    private PowerFrames(float[] power)
    {
        _power = power;
    }

    /// <summary>How many frames there are.</summary>
    public int Count => _power.Length / Bins;

    /// <summary>The powers of a frame.</summary>
    public ReadOnlySpan<float> this[int frame] => _power.AsSpan(frame * Bins, Bins);

    /// <summary>The frequency of a bin in Hz.</summary>
    public static double Frequency(int bin) => (double)bin * LikenessSound.Rate / Size;

    /// <summary>Frames that carry speech, each divided by its energy: what tone and ripple are measured on.</summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static PowerFrames OfSpeech(double[] sound) => All(sound).Speech();

    /// <summary>
    /// Every frame as it is; of a sound shorter than two frames, what it would be with silence behind it.
    /// </summary>
    /// <param name="sound">As <see cref="LikenessSound"/> makes it.</param>
    public static PowerFrames All(double[] sound)
    {
        int count = 1 + ((Math.Max(sound.Length, Size + Hop) - Size) / Hop);
        var power = new float[count * Bins];
        var transform = new RealFft(Size);
        var samples = new double[Size];
        var row = new double[transform.Bins];
        for (int frame = 0; frame < count; frame++)
        {
            int start = frame * Hop;
            for (int i = 0; i < Size; i++)
                samples[i] = start + i < sound.Length ? sound[start + i] * Window[i] : 0;
            transform.Power(samples, row);
            for (int bin = 0; bin < Bins; bin++)
                power[(frame * Bins) + bin] = (float)row[bin];
        }

        return new PowerFrames(power);
    }

    /// <summary>
    /// Only those frames that carry speech, within 25 dB of the 95th percentile of the energy from 200 to 8,500 Hz,
    /// each divided by that energy. None for silence. Once more it changes nothing but the choice.
    /// </summary>
    public PowerFrames Speech()
    {
        var energies = new double[Count];
        for (int frame = 0; frame < energies.Length; frame++)
            energies[frame] = Energy(this[frame]);
        double least = Percentile.Of((double[])energies.Clone(), 95) * Math.Pow(10, -Range / 10);
        var kept = new List<float>(_power.Length);
        for (int frame = 0; frame < energies.Length; frame++)
        {
            if (!(energies[frame] > least))
                continue;
            foreach (float power in this[frame])
                kept.Add((float)(power / energies[frame]));
        }

        return new PowerFrames([.. kept]);
    }

    /// <summary>Only those frames that have more than half their energy above 3 kHz: fricatives, most of them.</summary>
    public PowerFrames Fricatives()
    {
        int high = (int)Math.Ceiling(3_000 / Frequency(1));
        var kept = new List<float>();
        for (int frame = 0; frame < Count; frame++)
        {
            double above = 0;
            foreach (float power in this[frame][high..])
                above += power;
            if (above > 0.5 * Energy(this[frame]))
                kept.AddRange(this[frame]);
        }

        return new PowerFrames([.. kept]);
    }

    /// <summary>
    /// Frames with a gain on every bin, such as an equaliser's; the choice of those that carry speech has to be made
    /// anew.
    /// </summary>
    /// <param name="gains">Power gains, <see cref="Bins"/> of them.</param>
    public PowerFrames Filtered(ReadOnlySpan<double> gains)
    {
        var power = new float[_power.Length];
        for (int i = 0; i < power.Length; i++)
            power[i] = (float)(_power[i] * gains[i % Bins]);
        return new PowerFrames(power);
    }

    /// <summary>A frame's energy from 200 to 8,500 Hz.</summary>
    internal static double Energy(ReadOnlySpan<float> power)
    {
        double energy = 0;
        for (int bin = First; bin <= Last; bin++)
            energy += power[bin];
        return energy;
    }
}
