using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.TestPlugins;

public abstract class ConstructorThrows : PassThrough
{
    protected ConstructorThrows() => throw new BrokenEffectException("the table of\nwindows is missing");
}

public abstract class StaticConstructorThrows : PassThrough
{
    private static readonly IReadOnlyList<Parameter> Table = Declare.Nothing("the table is missing");

    protected StaticConstructorThrows() => Parameters = Table;

    public override IReadOnlyList<Parameter> Parameters { get; }
}

public abstract class ParametersThrow : PassThrough
{
    public override IReadOnlyList<Parameter> Parameters => Declare.Nothing("no settings today");
}

public abstract class ParametersNull : PassThrough
{
    public override IReadOnlyList<Parameter> Parameters => null!;
}

public abstract class ParameterNull : PassThrough
{
    private static readonly Parameter[] All = [null!];

    public override IReadOnlyList<Parameter> Parameters => All;
}

public abstract class ParameterTwice : PassThrough
{
    private static readonly Parameter[] All = [Declare.Percent("mix"), Declare.Percent("drive"),
        Declare.Percent("mix")];

    public override IReadOnlyList<Parameter> Parameters => All;
}

public abstract class ParameterMisnamed : PassThrough
{
    private static readonly Parameter[] All = [Declare.Percent("Dry Wet")];

    public override IReadOnlyList<Parameter> Parameters => All;
}

public abstract class ParametersTooMany : PassThrough
{
    private static readonly Parameter[] All = [.. Enumerable.Range(1, 65).Select(i => Declare.Percent($"p{i}"))];

    public override IReadOnlyList<Parameter> Parameters => All;
}

public abstract class ParametersOfEachInstance : PassThrough
{
    public override IReadOnlyList<Parameter> Parameters { get; } = [Declare.Percent("mix")];
}

/// <summary>Sound when it is loaded, broken afterwards.</summary>
public abstract class ThirdConstructorThrows : PassThrough
{
    private static int s_made;

    protected ThirdConstructorThrows()
    {
        if (++s_made >= 3)
            throw new BrokenEffectException("two is enough");
    }
}

/// <summary>A type of the plugin's own: whoever keeps one keeps the plugin in memory.</summary>
public sealed class BrokenEffectException(string message) : Exception(message);

internal static class Declare
{
    public static IReadOnlyList<Parameter> Nothing(string why) => throw new BrokenEffectException(why);

    public static void Nothing(bool isBroken, string why)
    {
        if (isBroken)
            throw new BrokenEffectException(why);
    }

    public static Parameter Percent(string id) => new(id, ParameterUnit.Percent, 0, 100, 50, "More of it.");
}
