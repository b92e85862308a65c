using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Formats;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Batch;

/// <summary>
/// Renders lines by recipes, whatever presets this machine has: a recipe's are written into a temporary folder. Any
/// thread, any number of lines at once.
/// </summary>
/// <param name="host">The host, whose effects are used; it stays open.</param>
public sealed class RecipeRenderer(FxHost host) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<SpeechSelection>> _selections = new(StringComparer.Ordinal);
    private readonly Lazy<HeldFolder> _folder = new(static () =>
    {
        HeldFolder.DeleteThoseOfDeadProcesses(Path.GetTempPath());
        return HeldFolder.Create("recipes");
    });

    /// <summary>Renders a line.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="line">The line; its format is the recipe's.</param>
    /// <param name="output">Where to; it can seek, and stays open.</param>
    /// <param name="cancellation">Ends the line where it is.</param>
    /// <exception cref="RecipeMismatchException">This host, or an effect of it, is not the one that the recipe
    /// names.</exception>
    /// <exception cref="Decoding.UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="IOException">The audio could not be read, or the output not be written.</exception>
    public Task<SpeechReport> RenderAsync(
        RenderRecipe recipe, SpeechAudio line, Stream output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        SpeechSelection selection = _selections.GetOrAdd(
            recipe.Id, id => new Lazy<SpeechSelection>(() => Prepare(recipe, id))).Value;
        var format = new OutputFormat(AudioFormatName.Parse(recipe.OutputFormat), recipe.Samples);
        return host.RenderAsync(line, output, format, selection, cancellation);
    }

    /// <summary>Deletes the recipes' presets.</summary>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
            _folder.Value.Dispose();
    }

    private SpeechSelection Prepare(RenderRecipe recipe, string id)
    {
        Compare(recipe);
        string folder = Path.Combine(_folder.Value.Path, id);
        Directory.CreateDirectory(folder);
        foreach (RecipePreset preset in recipe.Presets)
        {
            // What came from elsewhere names no place of this machine.
            string file = Path.Combine(folder, Path.GetFileName(preset.Id) + ".yaml");
            if (File.Exists(file))
                throw new RecipeMismatchException(
                    $"The preset {preset.Id} extends another of the same name, which cannot be sent. Rename one.");
            File.WriteAllText(file, preset.Text);
        }

        var selection = new SpeechSelection
        {
            Preset = recipe.Presets.Count == 0 ? null
                : Path.Combine(folder, Path.GetFileName(recipe.Presets[0].Id) + ".yaml"),
            IsDry = recipe.Presets.Count == 0,
            Overrides = recipe.Overrides,
            Amount = recipe.Amount,
            KeepsLevel = recipe.KeepsLevel,
            StartingGains = recipe.StartingGains is { } gains ? StartingGains.Parse(gains) : null,
            Seed = recipe.Seed,
            Settings = host.Settings with { ReferenceLoudness = recipe.ReferenceLoudness, Amount = null },
        };
        // A line would fall back; here it would be another line than was asked for.
        PresetDiagnostic? wrong = host.Check(selection).FirstOrDefault(
            mistake => mistake.Severity == DiagnosticSeverity.Error);
        return wrong is null ? selection : throw new RecipeMismatchException(DiagnosticText.Format(wrong));
    }

    private void Compare(RenderRecipe recipe)
    {
        if (recipe.Host != CodeIdentity.Host)
            throw new RecipeMismatchException(
                $"This is R3X.FxHost {CodeIdentity.Host}, and the line is to be rendered by {recipe.Host}. Install "
                + "the same version on both machines.");
        List<string> others = [];
        foreach (RecipeEffect wanted in recipe.Effects)
        {
            RecipeEffect? own = RecipeEffect.Of(host.Effects, wanted.Id);
            if (own is null)
                others.Add($"there is no effect {wanted}");
            else if (own.Code != wanted.Code)
                others.Add($"the effect here is {own}, and {wanted} is wanted");
        }

        if (others.Count > 0)
            throw new RecipeMismatchException(
                $"For the preset {recipe.PresetId}, {string.Join("; ", others)}. Copy the plugins from where the lines "
                + $"come from. Searched: {string.Join(", ", host.Effects.Folders)}.");
    }
}

/// <summary>A recipe that this machine cannot render by: its host or an effect is another, or is missing.</summary>
/// <param name="message">What is missing, and what to do.</param>
public sealed class RecipeMismatchException(string message) : Exception(message);
