using System;
using System.Collections.Generic;
using System.CommandLine;
using R3X.FxHost.Batch;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Cli.Batch;

/// <summary>How the lines of a batch are rendered: one recipe a preset, made before the first line.</summary>
internal sealed class BatchRecipes(ParseResult parsed, SoundOptions sound, FxHost host)
{
    private readonly Dictionary<string, RenderRecipe> _recipes = new(StringComparer.Ordinal);

    /// <summary>The recipe of a task. Says once what is not as it was meant to be.</summary>
    /// <exception cref="UsageException">An unknown or broken preset, or a setting that cannot be.</exception>
    public RenderRecipe Of(RenderTask task)
    {
        if (_recipes.TryGetValue(task.Preset ?? "", out RenderRecipe? known))
            return known;
        SpeechSelection selection = task.Preset is null
            ? sound.Selection(parsed, host) : sound.Selection(parsed, host, task.Preset);
        // The same command writes the same files, to the last bit of their dither.
        selection = selection with { Seed = selection.Seed ?? 0 };
        if (!selection.IsDry)
        {
            PresetChoice choice = host.Explain(selection).Choice;
            foreach (string unheard in choice.Unheard)
                Messages.Warning(unheard);
            if (choice.Instead is { } instead)
                Messages.Warning(instead);
        }

        return _recipes[task.Preset ?? ""] = RenderRecipe.Of(
            host, selection, task.Format, sound.InputFormat(parsed));
    }
}
