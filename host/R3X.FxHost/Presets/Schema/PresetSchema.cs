using System;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Presets.Schema;

/// <summary>
/// The preset language as a JSON Schema (draft 7), made from the effects that are installed: an editor that knows it
/// completes names, explains settings where the mouse rests and underlines mistakes while one types. What needs other
/// files, such as a parent's steps, only a check knows.
/// </summary>
public static class PresetSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where shipped presets look for it, from their own folder.</summary>
    public const string FileName = "schema/preset.v1.json";

    /// <summary>The schema's text. Loads every effect.</summary>
    /// <param name="catalogue">The effects.</param>
    public static string Build(IEffectCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var effects = new List<LoadedEffect>();
        foreach (EffectDescription description in catalogue.Effects)
        {
            if (catalogue.TryLoad(description.Id, out LoadedEffect? effect, out _))
                effects.Add(effect);
        }

        var definitions = new JsonObject();
        new StepSchema(effects).AddTo(definitions);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "A preset of R3X.FxHost",
            ["description"] = "How a voice sounds: the chain of effects it passes.",
            ["type"] = "object",
            ["properties"] = TopLevelSchema.Keys(),
            ["additionalProperties"] = false,
            ["errorMessage"] = $"A preset has {string.Join(", ", PresetKeys.Names)}.",
            ["allOf"] = TopLevelSchema.Rules(),
            ["definitions"] = definitions,
        };
        return schema.ToJsonString(Readable) + "\n";
    }
}
