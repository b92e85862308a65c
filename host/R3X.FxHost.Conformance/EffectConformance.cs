using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance;

/// <summary>
/// What every effect promises, as checks. They run on the calling thread and need no host; a check takes from a few
/// milliseconds to a few seconds. Any thread; several at once.
/// </summary>
public static class EffectConformance
{
    /// <summary>Every check, by name.</summary>
    public static IReadOnlyList<ConformancePromise> Checks { get; } =
        [.. ConformanceCheck.All.Select(check => new ConformancePromise(check.Name, check.Promise))];

    /// <summary>Holds one promise against an effect.</summary>
    /// <param name="check">The check's name.</param>
    /// <param name="create">Makes a fresh effect; called several times.</param>
    /// <param name="seed">What random settings are drawn from.</param>
    /// <returns>Whether it is kept, and what is wrong. What the effect throws is a verdict, too.</returns>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public static ConformanceResult Run(string check, Func<IEffect> create, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(create);
        ConformanceCheck found = Find(check);
        var result = new ConformanceResult(check, found.Promise, seed);
        try
        {
            found.Check(Subject.Of(create, seed));
            return result;
        }
        catch (DoesNotApplyException e)
        {
            return result with { DoesNotApply = e.Message };
        }
        catch (BrokenPromiseException e)
        {
            return result with
            {
                Measured = e.Message, LikelyCause = found.LikelyCause, Fix = found.Fix, Block = e.Block,
            };
        }
#pragma warning disable CA1031
        catch (Exception e)
        {
            return result with
            {
                Measured = $"The effect threw {e.GetType().FullName}: {OneLine(e.Message)}",
                LikelyCause = $"See {PlaceOf(e)}.",
                Fix = "Nothing but Prepare may throw, and that only for a setup no effect could take: mend what "
                    + "throws.",
            };
        }
    }

    /// <summary>Holds one promise against an effect and fails the test that calls this when it is broken.</summary>
    /// <typeparam name="TEffect">The effect.</typeparam>
    /// <param name="check">The check's name, one of <see cref="Checks"/>.</param>
    /// <param name="seed">What random settings are drawn from.</param>
    /// <exception cref="ConformanceException">The promise is broken; the message says how.</exception>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public static void Assert<TEffect>(string check, int seed = 1)
        where TEffect : IEffect, new()
    {
        ConformanceResult result = Run(check, () => new TEffect(), seed);
        if (!result.HasPassed)
            throw new ConformanceException(result);
    }

    /// <summary>Loads an effect from its assembly, with the libraries beside it, into a context of its own.</summary>
    /// <param name="file">The assembly's path.</param>
    /// <returns>Makes a fresh effect.</returns>
    /// <exception cref="InvalidOperationException">It holds no effect, or several.</exception>
    public static Func<IEffect> Load(string file)
    {
        Type type = new EffectContext(file, isCollectible: false).FindEffect();
        return () => (IEffect)Activator.CreateInstance(type)!;
    }

    private static ConformanceCheck Find(string name) =>
        ConformanceCheck.All.FirstOrDefault(check => check.Name == name) ?? throw new ArgumentException(
            $"There is no check \"{name}\". There are: {string.Join(", ", Checks.Select(check => check.Name))}.",
            nameof(name));

    // Where in the effect: the innermost place that is not of the framework or of this library.
    private static string PlaceOf(Exception e)
    {
        var frames = new StackTrace(e, fNeedFileInfo: true).GetFrames();
        StackFrame? frame = Array.Find(frames, f => f.GetMethod()?.DeclaringType is { } type
            && type.Assembly != typeof(EffectConformance).Assembly && type.Assembly != typeof(object).Assembly);
        if (frame?.GetMethod() is not { } method)
            return "its constructor, Parameters, Prepare, SetParameter, Process and Reset";
        string line = frame.GetFileLineNumber() > 0
            ? $", {System.IO.Path.GetFileName(frame.GetFileName())} line "
                + string.Create(null, $"{frame.GetFileLineNumber()}")
            : "";
        return $"{method.DeclaringType!.FullName}.{method.Name}{line}";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
