using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering.Response;

/// <summary>A step's answer to an impulse, with settings that stand still.</summary>
internal sealed class MeasuredFilter
{
    private const int SampleRate = 48_000;
    private const int ShortestFrames = 16_384;

    // 0.7 s: longer ones are heard as echoes, and their lines are too close to draw.
    private const int LongestFrames = 32_768;

    // Small enough for a gain of 24 dB and a comb's ring not to reach a limit, and large against what filters set to 0.
    private const float Impulse = 1f / 64;

    // Silence behind the answer, for bins so close that a straight line between two is a resonance's own.
    private const int Padding = 2;

    private const double LeastDecibels = -120;

    private readonly float[] _answer;
    private readonly double[] _decibels;

    private MeasuredFilter(float[] answer)
    {
        _answer = answer;
        var padded = new double[answer.Length * Padding];
        for (int i = 0; i < answer.Length; i++)
            padded[i] = answer[i] / Impulse;
        var transform = new RealFft(padded.Length);
        _decibels = new double[transform.Bins];
        transform.Power(padded, _decibels);
        for (int bin = 0; bin < _decibels.Length; bin++)
            _decibels[bin] = Math.Max(LeastDecibels, 10 * Math.Log10(_decibels[bin]));
    }

    /// <summary>Sends an impulse through a step.</summary>
    /// <returns>Null where its ring is too long, or the effect fails.</returns>
    public static async ValueTask<MeasuredFilter?> OfAsync(SlotPlan step, IReadOnlyList<double> values) =>
        await AnswerAsync(step, values, Impulse, 0) is { } answer ? new MeasuredFilter(answer) : null;

    /// <summary>Whether a softer impulse at another moment has the same answer.</summary>
    public async ValueTask<bool> IsTheSameAsync(SlotPlan step, IReadOnlyList<double> values)
    {
        const int later = 333;
        const int softer = 16;
        if (await AnswerAsync(step, values, Impulse / softer, later) is not { } other)
            return false;
        float most = _answer.Max(Math.Abs) / 1000;
        for (int i = 0; i < _answer.Length - later; i++)
        {
            if (!(Math.Abs((other[i + later] * softer) - _answer[i]) <= most))
                return false;
        }

        return true;
    }

    /// <summary>The gain at a frequency, and how far it goes up to half way to the next points.</summary>
    public ResponsePoint At(double hertz)
    {
        double decibels = Decibels(hertz);
        double half = Math.Pow(2, 0.5 / StepResponse.PointsPerOctave);
        (double low, double high) = (Decibels(hertz / half), Decibels(hertz * half));
        var point = new ResponsePoint(
            hertz, decibels, Math.Min(decibels, Math.Min(low, high)), Math.Max(decibels, Math.Max(low, high)));
        for (int bin = (int)Math.Ceiling(BinOf(hertz / half)); bin < BinOf(hertz * half); bin++)
        {
            point = point with
            {
                Lowest = Math.Min(point.Lowest, _decibels[bin]),
                Highest = Math.Max(point.Highest, _decibels[bin]),
            };
        }

        return point;
    }

    // Between bins a slope is a straight line on logarithmic scales.
    private double Decibels(double hertz)
    {
        double place = BinOf(hertz);
        int bin = (int)place;
        double part = Math.Log(place / bin) / Math.Log((bin + 1.0) / bin);
        return _decibels[bin] + (part * (_decibels[bin + 1] - _decibels[bin]));
    }

    private double BinOf(double hertz) => hertz * _answer.Length * Padding / SampleRate;

    private static async ValueTask<float[]?> AnswerAsync(
        SlotPlan step, IReadOnlyList<double> values, float impulse, int at)
    {
        SettingValue[] still = [.. step.Values.Select(
            (value, i) => value.Curve is null ? values[i] : value)];
        var chain = Chain.Prepare(
            new ChainPlan("response", [step with { Values = still }]),
            new ChainSetup(new AudioFormat(SampleRate, 1))
            {
                IsWatched = true,
                IsDryRun = true,
            });
        try
        {
            long length = (long)chain.LatencyFrames + chain.TailFrames;
            if (length > LongestFrames)
                return null;
            var answer = new float[Math.Max(ShortestFrames, (int)BitOperations.RoundUpToPowerOf2((uint)length))];
            answer[at] = impulse;
            var buffer = new AudioBuffer(1, chain.MaxFrames);
            for (int start = 0; start < answer.Length; start += buffer.Frames)
            {
                answer.AsSpan(start, buffer.Frames).CopyTo(buffer[0]);
                await chain.ProcessAsync(buffer, buffer.Frames);
                buffer[0].CopyTo(answer.AsSpan(start));
            }

            return chain.Slots[0].IsActive ? answer : null;
        }
        finally
        {
            chain.Close();
        }
    }
}
