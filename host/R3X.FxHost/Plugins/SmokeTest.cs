using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Plugins;

/// <summary>
/// What every effect must survive before a preset may use it: being made, and saying what its settings are. One that is
/// to take another's place while lines are spoken has to sound as well; of the others, chains guard against that.
/// </summary>
internal static class SmokeTest
{
    /// <summary>The most settings an effect may have.</summary>
    public const int MaximumParameters = 64;

    private const int Rate = 48_000;
    private const int BlockFrames = 256;
    private const int Blocks = 8;

    // What no setting does to a quiet tone; runaway effects pass it soon.
    private const float Loudest = 1_000;

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

    /// <summary>Takes some sound through a fresh effect, twice, which also has its code compiled.</summary>
    /// <exception cref="PluginRefusedException">The effect failed.</exception>
    public static void Sound(LoadedEffect effect)
    {
        bool returned = Watchdog.TryCall(
            () =>
            {
                SoundHere(effect);
                return true;
            },
            null,
            out _);
        if (!returned)
        {
            throw new PluginRefusedException(
                "It did not return: its Prepare, Process or Reset goes on for ever.",
                "Correct the plugin, or remove it.")
            {
                IsFault = true,
            };
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SoundHere(LoadedEffect effect)
    {
        string doing = "making it";
        IEffect? made = null;
        try
        {
            made = effect.Create();
            doing = "preparing it";
            double[] values = [.. effect.Parameters.Select(parameter => parameter.Default)];
            made.Prepare(new EffectSetup(
                new AudioFormat(Rate, 1), BlockFrames, RenderQuality.Full, seed: 1, effect.Parameters, values));
            var buffer = new AudioBuffer(1, BlockFrames);
            for (int take = 0; take < 2; take++)
            {
                for (int i = 0; i < Blocks; i++)
                {
                    doing = $"taking block {i + 1} through it";
                    for (int frame = 0; frame < BlockFrames; frame++)
                        buffer[0][frame] = 0.25f * MathF.Sin(MathF.Tau * 220 / Rate * ((i * BlockFrames) + frame));
                    made.Process(buffer.Block(BlockFrames));
                    if ((made as IRemoteEffect)?.TakeFault(atEnd: true) is { } fault)
                        throw new PluginRefusedException(
                            $"It {fault.What} in block {i + 1} of a quiet tone.", "Correct the plugin, or remove it.")
                        {
                            IsFault = true,
                        };
                    if (buffer[0].ContainsAnyExceptInRange(-Loudest, Loudest))
                        throw new PluginRefusedException(
                            $"It returned what is no sound in block {i + 1} of a quiet tone: NaN, infinity or more "
                                + $"than {Loudest} times full scale.", "Correct its Process, or remove it.")
                        {
                            IsFault = true,
                        };
                }

                doing = "resetting it";
                made.Reset();
            }

            doing = "disposing of it";
            (made as IDisposable)?.Dispose();
        }
        catch (Exception e) when (e is not PluginRefusedException)
        {
            throw PluginRefusedException.BecauseOf(e, doing);
        }
        finally
        {
            (made as IRemoteEffect)?.Close();
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
