using System;
using System.Linq;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class NeutralLeavesTheSoundAlone : ConformanceCheck
{
    // A whole number of cells of the parameter grid.
    private const int Frames = 12_000;

    // What was heard before the settings reached neutral has left the effect by then.
    private const int Settled = 4 * Rate;

    public override string Promise =>
        "With every setting that has a neutral value at it, the sound comes out as it went in, bit for bit and as "
        + "late as declared, whatever the others are; so it does once settings have moved there.";

    public override string LikelyCause =>
        "Arithmetic that changes nothing on paper is still done (a gain of 1.0000001, a filter without effect), or a "
        + "ramp does not end on the neutral value.";

    public override string Fix =>
        "Leave the sound alone, apart from the latency, once the ramps have arrived at neutral; or declare no Neutral, "
        + "and the host mixes with the input.";

    public override void Check(Subject subject)
    {
        (string Id, double Neutral)[] neutral =
            [.. subject.Parameters.Where(p => p.Neutral is not null).Select(p => (p.Id, p.Neutral!.Value))];
        if (neutral.Length == 0)
            DoesNotApply("No setting has a neutral value.");
        var random = subject.Chance(20);
        float[][] sound = [Signals.Voice(Frames, Rate, 0.9), Signals.Noise(Frames, 0.9f)];
        foreach (int rate in new[] { 8_000, 16_000, 44_100, 96_000 })
        {
            for (int i = 0; i < 3; i++)
            {
                Line drawn = subject.Drawn(rate, i == 0 ? null : random, channels: 2);
                (string, double)[] others = [.. subject.Parameters.Select(p => (p.Id, p.Neutral ?? drawn.Setup[p]))];
                Line line = subject.Line(rate, 2, settings: others);
                Passes(rate, line.Timing.LatencyFrames, sound, line.Run(sound, _ => random.Next(1, 1025)), $"{line}");
            }

            // A release that was drawn may take a minute. What is late only as long as it filters is not late here.
            int latency = subject.Line(rate, 2, settings: neutral).Timing.LatencyFrames;
            Line moved = subject.Line(rate, 2);
            moved.Run(sound, _ => 1000);
            foreach ((string id, double value) in neutral)
                moved.Set(id, value);
            moved.Run([new float[Settled], new float[Settled]], _ => 1024);
            Passes(rate, latency, sound, moved.Run(sound, _ => 512), $"moved there, {rate} Hz");
        }
    }

    private static void Passes(int rate, int latency, float[][] sound, float[][] heard, string settings)
    {
        float[][] went =
            [.. sound.Select(channel => (float[])[.. new float[latency], .. channel[..(Frames - latency)]])];
        foreach (float[] channel in heard)
            channel.AsSpan(0, latency).Clear();
        Same(sound, went, heard, $"At neutral ({settings})", rate);
    }
}
