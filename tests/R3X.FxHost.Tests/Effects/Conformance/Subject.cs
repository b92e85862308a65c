using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Conformance;

/// <summary>An effect to be checked: how to make one, and what its mark says.</summary>
/// <param name="Id">For messages.</param>
/// <param name="Role">What it is for.</param>
/// <param name="LatencyIsMeasurable">Whether its output looks like its input.</param>
/// <param name="Create">Makes a fresh instance.</param>
internal sealed record Subject(string Id, EffectRole Role, bool LatencyIsMeasurable, Func<IEffect> Create)
{
    public IReadOnlyList<Parameter> Parameters { get; } = Create().Parameters;

    public static Subject Of(string id) =>
        new(id, DiscoveredEffects.Describe(id).Role, DiscoveredEffects.Describe(id).LatencyIsMeasurable,
            () => DiscoveredEffects.Create(id));

    /// <summary>The curve that lines have, where the effect has one.</summary>
    public FrequencyCurve Curve { get; init; } = TestCurve.Of(Create().Parameters);

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

    public override string ToString() => Id;

    private static double Draw(Parameter p, Random random) => random.Next(4) switch
    {
        0 => p.Minimum,
        1 => p.Maximum,
        _ => p.Minimum + (random.NextDouble() * (p.Maximum - p.Minimum)),
    };
}
