using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// What a chain does to the loudness of speech, found on two seconds of something like it, so that a live line starts
/// near where it ends. Once for each plan and format, so that a line is the same whatever was spoken before it, here or
/// on another machine. Any thread; not the audio path.
/// </summary>
/// <param name="Arrival">The loudness in LUFS with which a line arrives at the match point.</param>
internal sealed record MatchCalibration(double Arrival)
{
    private const double Seconds = 2;
    private const double Pitch = 120;
    private const double SyllablesPerSecond = 4;

    private static readonly
        ConditionalWeakTable<ChainPlan, ConcurrentDictionary<(AudioFormat, double), MatchCalibration>> Known = [];

    /// <summary>Finds it, or knows it.</summary>
    /// <param name="plan">The chain.</param>
    /// <param name="setup">A setup without gains.</param>
    /// <param name="reference">What lines are brought to in front of the chain, in LUFS.</param>
    public static MatchCalibration Of(ChainPlan plan, ChainSetup setup, double reference) =>
        Known.GetValue(plan, static _ => new())
            .GetOrAdd((setup.Format, reference), _ => Find(plan, setup, reference));

    private static MatchCalibration Find(ChainPlan plan, ChainSetup setup, double reference)
    {
        using var line = new MeasuredTake(setup.Format);
        Speak(line);
        double front = reference - (line.Loudness ?? reference);
        var chain = Chain.Prepare(plan, setup.ForDryRun with { Seed = 0, Reference = new ChainGain(front) });
        using var arrived = MeasuredTake.AtMatch(line, chain, CancellationToken.None);
        chain.Close();
        return new MatchCalibration(arrived.Loudness ?? reference);
    }

    // A voice's pulses and breath through something of a throat, louder and softer as syllables are.
    private static void Speak(MeasuredTake line)
    {
        var buffer = new AudioBuffer(line.Format.Channels, line.Format.Frames(1000 * Seconds));
        var random = new Random(1);
        double rate = line.Format.SampleRate;
        double throat = 1 - Math.Exp(-2 * Math.PI * 1_500 / rate);
        double state = 0;
        double sound = 0;
        for (int i = 0; i < buffer.Frames; i++)
        {
            bool pulse = (int)(i * Pitch / rate) != (int)((i + 1) * Pitch / rate);
            double syllable = Math.Pow(Math.Sin(Math.PI * SyllablesPerSecond * i / rate), 2);
            state += throat * ((pulse ? 0.05 * rate / 1_000 : 0) + (0.01 * ((2 * random.NextDouble()) - 1)) - state);
            sound += throat * (state - sound);
            for (int channel = 0; channel < buffer.Channels; channel++)
                buffer[channel][i] = (float)(sound * syllable);
        }

        line.Write(buffer.Block(buffer.Frames));
    }
}
