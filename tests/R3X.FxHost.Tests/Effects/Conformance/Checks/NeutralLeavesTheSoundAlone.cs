using System;
using System.Linq;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>
/// With all settings that have a neutral value at it, the sound comes out as it went in, bit for bit and as late as
/// declared, whatever the others are, at any cut into blocks; so it does once settings have moved there.
/// </summary>
internal sealed class NeutralLeavesTheSoundAlone : ConformanceCheck
{
    // A whole number of cells of the parameter grid.
    private const int Frames = 12_000;

    // What was heard before the settings reached neutral has left the effect by then.
    private const int Settled = 4 * Rate;

    public override void Check(Subject subject)
    {
        (string Id, double Neutral)[] neutral =
            [.. subject.Parameters.Where(p => p.Neutral is not null).Select(p => (p.Id, p.Neutral!.Value))];
        if (neutral.Length == 0)
            return;
        var random = new Random(20);
        float[][] sound = [Signals.Voice(Frames, Rate, 0.9), Signals.Noise(Frames, 0.9f)];
        foreach (int rate in new[] { 8_000, 16_000, 44_100, 96_000 })
        {
            for (int i = 0; i < 3; i++)
            {
                Line drawn = subject.Drawn(rate, i == 0 ? null : random, channels: 2);
                (string, double)[] others = [.. subject.Parameters.Select(p => (p.Id, p.Neutral ?? drawn.Setup[p]))];
                Line line = subject.Line(rate, 2, settings: others);
                Passes(line.Timing.LatencyFrames, sound, line.Run(sound, _ => random.Next(1, 1025)));

            }

            // A release that was drawn may take a minute. What is late only as long as it filters is not late here either.
            int latency = subject.Line(rate, 2, settings: neutral).Timing.LatencyFrames;
            Line moved = subject.Line(rate, 2);
            moved.Run(sound, _ => 1000);
            foreach ((string id, double value) in neutral)
                moved.Set(id, value);
            moved.Run([new float[Settled], new float[Settled]], _ => 1024);
            Passes(latency, sound, moved.Run(sound, _ => 512));
        }
    }

    private static void Passes(int latency, float[][] sound, float[][] heard)
    {
        float[][] went = [.. sound.Select(channel => channel[..(Frames - latency)])];
        Same(went, [.. heard.Select(channel => channel[latency..])]);
    }
}
