using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering.Response;

/// <summary>
/// What a step that only filters does to every frequency, from 20 Hz to 20 kHz: measured, by an impulse through the
/// effect itself. Immutable.
/// </summary>
public sealed class StepResponse
{
    /// <summary>Points an octave.</summary>
    public const int PointsPerOctave = 32;

    private const double LowestHertz = 20;
    private const int Octaves = 10;

    // Where a setting moves, the ends of its way and what lies between them.
    private static readonly double[] Ways = [0, 0.25, 0.75, 1];

    private StepResponse(IReadOnlyList<ResponsePoint> points, double movement) =>
        (Points, Movement) = (points, movement);

    /// <summary>The points by rising frequency, equally far apart on a logarithmic scale.</summary>
    public IReadOnlyList<ResponsePoint> Points { get; }

    /// <summary>By how much the gain at a frequency differs along the way of the settings that move, where it does so
    /// most, in dB; 0 where none moves.</summary>
    public double Movement { get; }

    /// <summary>Whether the step only filters as far as its role tells: <see cref="MeasureAsync"/> finds out.</summary>
    /// <param name="step">The step.</param>
    public static bool MayHave(SlotPlan step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Role is EffectRole.Tone or EffectRole.Space;
    }

    /// <summary>
    /// Measures a step with its settings; of those that move, with the middle of their way, and how far the response
    /// goes with each. A few milliseconds of work, on the thread pool, more for a step that rings for long. An effect
    /// that does not return is left behind.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <returns>Null where it does more than filter: what comes out depends on the level or on the moment; where its
    /// ring is too long to draw, as a room's is; and where the effect fails.</returns>
    public static async ValueTask<StepResponse?> MeasureAsync(SlotPlan step)
    {
        if (!MayHave(step))
            return null;
        double[] middle = [.. step.Values.Select((value, i) => Along(step.Parameters[i], value, 0.5))];
        if (await MeasuredFilter.OfAsync(step, middle) is not { } still
            || !await still.IsTheSameAsync(step, middle))
        {
            return null;
        }

        double[] frequencies = [.. Enumerable.Range(0, Octaves * PointsPerOctave).Select(
            i => LowestHertz * Math.Pow(2, (double)i / PointsPerOctave))];
        ResponsePoint[] points = [.. frequencies.Select(still.At)];
        double[] lowest = [.. points.Select(point => point.Decibels)];
        double[] highest = [.. lowest];
        for (int i = 0; i < middle.Length; i++)
        {
            if (step.Values[i].Modulation is null)
                continue;
            foreach (double way in Ways)
            {
                double[] there = [.. middle];
                there[i] = Along(step.Parameters[i], step.Values[i], way);
                if (await MeasuredFilter.OfAsync(step, there) is not { } moved)
                    continue;
                for (int at = 0; at < points.Length; at++)
                {
                    ResponsePoint here = moved.At(points[at].Frequency);
                    points[at] = points[at].With(here);
                    lowest[at] = Math.Min(lowest[at], here.Decibels);
                    highest[at] = Math.Max(highest[at], here.Decibels);
                }
            }
        }

        return new StepResponse(points, highest.Zip(lowest, (high, low) => high - low).Max());
    }

    private static double Along(Parameter parameter, SettingValue value, double way) => value.Modulation switch
    {
        Wobble wobble => ModulatedParameter.Between(parameter, wobble.From, wobble.To, way),
        Sweep sweep => ModulatedParameter.Between(parameter, sweep.From, sweep.To, way),
        RandomDraw random => ModulatedParameter.Between(parameter, random.From, random.To, way),
        FollowLoudness follow => ModulatedParameter.Between(parameter, follow.From, follow.To, way),
        Pick pick => ModulatedParameter.Between(parameter, pick.Choices.Min(), pick.Choices.Max(), way),
        _ => value.Still,
    };
}
