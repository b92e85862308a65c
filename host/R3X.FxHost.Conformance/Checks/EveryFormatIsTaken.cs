using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class EveryFormatIsTaken : ConformanceCheck
{
    private const int Frames = 1024;


    // Usual rates, and some that are not.
    private static readonly int[] Odd = [8_000, 10_000, 11_025, 12_345, 32_000, 45_678, 64_000, 88_200, 96_000];

    public override string Promise =>
        "Any rate from 8,000 to 96,000 Hz, one to four channels and any largest block are taken, "
        + "and the largest block changes no sample.";

    public override string LikelyCause =>
        "A rate, a number of channels or a block's length is taken for granted, or a delay is as long as a block.";

    public override string Fix =>
        "Make buffers in Prepare from setup.Format and setup.MaxFrames, and use these for nothing else.";

    public override void Check(Subject subject)
    {
        foreach (int rate in Odd)
        {
            for (int channels = 1; channels <= 4; channels++)
            {
                var sound = Enumerable.Range(1, channels).Select(c => Signals.Noise(Frames, 0.5, c)).ToArray();
                foreach (var channel in Run(subject, sound, rate, 1024, 1024))
                {
                    if (Array.FindIndex(channel, s => !float.IsFinite(s)) is var at and >= 0)
                        Fail($"At {rate} Hz with {channels} channels, {channel[at]} comes out at frame {at}.");
                }

                // Both are cut into the same blocks: how a line is cut is another check's business.
                foreach (int most in channels == 1 ? [1, 17, 256] : new[] { 256 })
                    Same(sound, Run(subject, sound, rate, 1024, most), Run(subject, sound, rate, most, most),
                        $"Prepared for blocks of {most} frames at most, and not of 1,024, at {rate} Hz", rate);
            }
        }
    }

    private static float[][] Run(Subject subject, float[][] sound, int rate, int most, int block)
    {
        var effect = subject.Create();
        double[] values = [.. effect.Parameters.Select(p => p.Default)];
        var format = new AudioFormat(rate, sound.Length);
        effect.Prepare(new EffectSetup(format, most, RenderQuality.Full, 1, effect.Parameters, values)
        {
            Curve = subject.Curve,
        });
        var buffer = new AudioBuffer(sound.Length, Frames);
        for (int channel = 0; channel < sound.Length; channel++)
            sound[channel].CopyTo(buffer[channel]);
        for (int start = 0; start < Frames; start += block)
            effect.Process(buffer.Block(start, Math.Min(block, Frames - start)));
        return [.. Enumerable.Range(0, sound.Length).Select(channel => buffer[channel].ToArray())];
    }
}
