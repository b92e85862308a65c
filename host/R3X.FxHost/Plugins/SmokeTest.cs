using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>
/// What every effect must survive before a preset may use it: being made, and saying what its settings are. It is never
/// prepared here; that costs memory and time, and is the chain's to guard.
/// </summary>
internal static class SmokeTest
{
    /// <summary>The most settings an effect may have.</summary>
    public const int MaximumParameters = 64;

    /// <summary>Makes an effect and reads its settings.</summary>
    /// <returns>The settings, in a list that is the host's own.</returns>
    /// <exception cref="PluginRefusedException">The effect failed.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Parameter[] ParametersOf(IEffectCode plugin)
    {
        try
        {
            Parameter[] parameters = Copy(Make(plugin).Parameters);
            // The chain looks settings up by reference, with the first instance's objects on every later instance.
            if (!parameters.AsSpan().SequenceEqual(Copy(Make(plugin).Parameters)))
            {
                throw new PluginRefusedException(
                    "Each new instance has Parameter objects of its own, so the host could not set them.",
                    "Keep the parameters in static readonly fields, which all instances share.");
            }

            return parameters;
        }
        catch (Exception e) when (e is not PluginRefusedException)
        {
            throw PluginRefusedException.BecauseOf(e, "reading its Parameters");
        }
    }

    private static IEffect Make(IEffectCode plugin)
    {
        try
        {
            return plugin.Create();
        }
        catch (InvalidOperationException e)
        {
            throw new PluginRefusedException(e.Message, "Correct the plugin, or remove it.") { IsFault = true };
        }
    }

    private static Parameter[] Copy(IReadOnlyList<Parameter>? list)
    {
        if (list is null)
            throw new PluginRefusedException(
                "Its Parameters are null.", "Return an empty list when there is nothing to set.");
        int count = list.Count;
        if (count is < 0 or > MaximumParameters)
            throw new PluginRefusedException(
                $"It says that it has {count} parameters; {MaximumParameters} are allowed.",
                "Leave out those that nobody would turn.");
        var copy = new Parameter[count];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            Parameter? parameter = list[i];
            if (parameter is null)
                throw new PluginRefusedException($"Number {i + 1} of its Parameters is null.", "Initialise static "
                    + "fields above the list that uses them: they are set in the order of their lines.");
            if (!KebabCase.IsValid(parameter.Id))
                throw new PluginRefusedException(
                    $"Its parameter {KebabCase.Quote(parameter.Id)} has a name that presets cannot use.",
                    $"Write it as {KebabCase.Rule}.");
            if (!ids.Add(parameter.Id))
                throw new PluginRefusedException(
                    $"It has two parameters with the id \"{parameter.Id}\".", "Rename one of them.");
            if (parameter.Points is not null && Array.Exists(copy, other => other?.Points is not null))
            {
                throw new PluginRefusedException(
                    $"Its parameter {KebabCase.Quote(parameter.Id)} is a second curve, "
                    + "and presets could not tell their points apart.",
                    "Make an effect of each.");
            }

            copy[i] = parameter;
        }

        return copy;
    }
}
