using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance;

/// <summary>An effect to be checked: how to make one, and what its mark says.</summary>
/// <param name="Create">Makes a fresh instance.</param>
internal sealed record Subject(Func<IEffect> Create)
{
    /// <summary>What random settings are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What it is for.</summary>
    public EffectRole Role { get; init; } = EffectRole.Tone;

    /// <summary>Whether its output looks like its input.</summary>
    public bool LatencyIsMeasurable { get; init; } = true;

    public IReadOnlyList<Parameter> Parameters { get; } = Create().Parameters;

    /// <summary>The curve that lines have, where the effect has one.</summary>
    public FrequencyCurve Curve { get; init; } = TestCurve.Of(Create().Parameters);

    public static Subject Of(Func<IEffect> create, int seed = 1)
    {
        var subject = new Subject(create) { Seed = seed };
        return create().GetType().Assembly.GetCustomAttribute<EffectAttribute>() is { } mark
            ? subject with { Role = mark.Role, LatencyIsMeasurable = mark.LatencyIsMeasurable }
            : subject;
    }

    /// <summary>A source of chance, another for each salt.</summary>
    public Random Chance(int salt) => new(unchecked(salt + ((Seed - 1) * 7919)));

    public Line Line(params (string Parameter, double Value)[] settings) => new(Create(), Curve, settings: settings);

    public Line Line(int rate, int channels = 1, RenderQuality quality = RenderQuality.Full,
        params (string Parameter, double Value)[] settings) =>
        new(Create(), Curve, rate, channels, quality, settings);

    /// <summary>A line with settings drawn at random, often at a bound; with the defaults without a source of
    /// chance.</summary>
    public Line Drawn(int rate, Random? random, int channels = 1) =>
        random is null
            ? Line(rate, channels)
            : (this with { Curve = TestCurve.Drawn(Parameters, random) })
                .Line(rate, channels, RenderQuality.Full, [.. Parameters.Select(p => (p.Id, Draw(p, random)))]);

    /// <summary>Moves about one parameter in three somewhere.</summary>
    public void Move(Line line, Random random)
    {
        foreach (var parameter in Parameters)
        {
            if (!parameter.IsStructural && random.Next(3) == 0)
                line.Set(parameter.Id, Draw(parameter, random));
        }
    }

    private static double Draw(Parameter p, Random random) => random.Next(4) switch
    {
        0 => p.Minimum,
        1 => p.Maximum,
        _ => p.Minimum + (random.NextDouble() * (p.Maximum - p.Minimum)),
    };
}
