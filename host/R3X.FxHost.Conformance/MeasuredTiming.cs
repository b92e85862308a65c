using System;

namespace R3X.FxHost.Conformance;

/// <summary>Latency and tail as they are, beside what a line's effect declares.</summary>
internal static class MeasuredTiming
{
    // How far a latency is looked for beyond the declared one.
    private const int Search = 256;

    /// <summary>How late noise comes out, by cross-correlation, in frames and fractions.</summary>
    public static double Latency(Line line)
    {
        // Quiet, so that nothing reacts to level; low-passed, since a voice has its weight there.
        int most = Search + Math.Max(0, line.Timing.LatencyFrames);
        var sound = Signals.Noise(2744 + most, 0.05);
        for (int i = sound.Length - 1; i > 1; i--)
            sound[i] = (sound[i] + (2 * sound[i - 1]) + sound[i - 2]) / 4;
        return Signals.Delay(sound, line.Run(sound), most);
    }

    /// <summary>The loudest sample that is left of noise after the declared latency and tail.</summary>
    /// <returns>In decibels of the noise's peak; the block around that sample.</returns>
    public static (double Left, FailedBlock Block) AfterTail(Line line)
    {
        int rate = line.Setup.Format.SampleRate;
        var noise = Signals.Noise(rate / 4);
        int end = noise.Length + line.Timing.LatencyFrames + line.Timing.TailFrames;
        float[] sound = [.. noise, .. new float[end - noise.Length + 4000]];
        var heard = line.Run(sound);
        int at = end;
        for (int i = end; i < heard.Length; i++)
        {
            if (!(Math.Abs(heard[i]) <= Math.Abs(heard[at])))
                at = i;
        }

        return (Signals.Decibels(heard[at] / Signals.Peak(noise)),
            FailedBlock.Around(at, rate, sound, heard, new float[sound.Length]));
    }
}
