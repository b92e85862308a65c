using System;
using System.Threading;

namespace R3X.FxHost.Cli.Bench;

/// <summary>
/// Sound that works an effect as speech does: syllables of a buzz through three resonances, hissed beginnings, pauses,
/// peaks at -3 dBFS far above the mean. The same on every machine.
/// </summary>
internal static class SpeechLike
{
    public const int SampleRate = 44_100;

    private const float Peak = 0.7f;
    private const double PauseShare = 0.3;

    // Formants of a few vowels in Hz, after Peterson and Barney, "Control Methods Used in a Study of the Vowels", 1952.
    private static readonly double[][] Vowels = [[730, 1_090, 2_440], [270, 2_290, 3_010], [300, 870, 2_240],
        [530, 1_840, 2_480], [570, 840, 2_410]];

    /// <summary>Mono samples at <see cref="SampleRate"/>.</summary>
    public static float[] Make(int seconds, CancellationToken cancellation)
    {
        float[] samples = new float[seconds * SampleRate];
        ulong chance = 1;
        for (int at = 0; at < samples.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            int frames = (int)(SampleRate * (0.1 + (0.2 * Draw(ref chance))));
            Span<float> syllable = samples.AsSpan(at, Math.Min(frames, samples.Length - at));
            if (Draw(ref chance) > PauseShare)
                Speak(syllable, ref chance);
            at += frames;
        }

        float highest = 0;
        foreach (float sample in samples)
            highest = Math.Max(highest, Math.Abs(sample));
        foreach (ref float sample in samples.AsSpan())
            sample *= Peak / highest;
        return samples;
    }

    private static void Speak(Span<float> syllable, ref ulong chance)
    {
        double[] formants = Vowels[(int)(Draw(ref chance) * Vowels.Length)];
        double pitch = 90 + (70 * Draw(ref chance));
        double loudness = 0.3 + (0.7 * Draw(ref chance));
        int hissed = Draw(ref chance) > 0.5 ? (int)(0.05 * SampleRate) : 0;
        double phase = 1;
        Span<double> state = stackalloc double[2 * formants.Length];
        state.Clear();
        for (int frame = 0; frame < syllable.Length; frame++)
        {
            phase += pitch * (1 - (0.2 * frame / syllable.Length)) / SampleRate;
            double excitation = phase >= 1 ? 1 : 0;
            phase -= Math.Floor(phase);
            double sum = frame < hissed ? 0.05 * (Draw(ref chance) - 0.5) : 0;
            for (int i = 0; i < formants.Length; i++)
                sum += Resonate(excitation, formants[i], state.Slice(2 * i, 2)) / (i + 1);
            double envelope = Math.Sin(Math.PI * (frame + 0.5) / syllable.Length);
            syllable[frame] = (float)(sum * loudness * envelope);
        }
    }

    // A pair of poles 80 Hz wide.
    private static double Resonate(double excitation, double frequency, Span<double> state)
    {
        double radius = Math.Exp(-Math.PI * 80 / SampleRate);
        double y = excitation + (2 * radius * Math.Cos(2 * Math.PI * frequency / SampleRate) * state[0]) - (
            radius * radius * state[1]);
        state[1] = state[0];
        state[0] = y;
        return y;
    }

    // 0 to 1; Knuth's MMIX generator.
    private static double Draw(ref ulong chance)
    {
        chance = (chance * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
        return (chance >> 11) / (double)(1UL << 53);
    }
}
