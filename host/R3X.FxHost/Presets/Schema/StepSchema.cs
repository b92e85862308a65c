using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Schema;

/// <summary>The schemas of steps: under <c>chain:</c>, under <c>add:</c> and under <c>change:</c>. Each stands among
/// the definitions of the whole.</summary>
internal sealed class StepSchema(IReadOnlyList<LoadedEffect> effects)
{
    private const string SwitchPattern = "^(?:bypass|on)$";

    private string Ids => string.Join(", ", effects.Select(effect => effect.Description.Id));

    public void AddTo(JsonObject definitions)
    {
        foreach (LoadedEffect effect in effects)
            definitions[SettingsName(effect)] = SettingsOf(effect);
        definitions["named-step"] = NamedStep();
        definitions["step"] = Step();
        definitions["chain"] = Chain();
        definitions["add"] = Add();
        definitions["change"] = Change();
    }

    /// <summary>Points to a definition.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = "#/definitions/" + name };

    public static JsonObject Without(string message, params string[] keys) => new()
    {
        ["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)false))),
        ["errorMessage"] = message,
    };

    private static string SettingsName(LoadedEffect effect) => "settings-of-" + effect.Description.Id;

    private static JsonObject SettingsOf(LoadedEffect effect)
    {
        string id = effect.Description.Id;
        var settings = new JsonObject { ["effect"] = true, ["before"] = true, ["after"] = true };
        foreach (Parameter parameter in effect.Parameters.Where(parameter => parameter.Points is null))
            settings[parameter.Id] = SettingSchema.Of(parameter);
        var schema = new JsonObject
        {
            ["description"] = $"{effect.Description.Name}, an effect of the kind "
                + $"\"{effect.Description.Role.ToString().ToLowerInvariant()}\".",
            ["properties"] = settings,
            ["additionalProperties"] = false,
            ["errorMessage"] = effect.Parameters.Count == 0
                ? $"{id} has no settings."
                : $"{id} has the settings {string.Join(", ", SettingWords.NamesOf(effect.Parameters))}.",
        };
        if (PointWords.Find(effect.Parameters) is >= 0 and var curve)
            schema["patternProperties"] = SettingSchema.OfPoints(effect.Parameters[curve]);
        return schema;
    }

    // A step whose name is no effect, or that says which effect it is.
    private JsonObject NamedStep()
    {
        var choices = new JsonArray();
        foreach (LoadedEffect effect in effects)
            choices.Add(new JsonObject { ["if"] = HasEffect(effect.Description.Id),
                ["then"] = Reference(SettingsName(effect)) });
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("effect"),
            ["properties"] = new JsonObject
            {
                ["effect"] = new JsonObject
                {
                    ["description"] =
                        "Which effect this step is. It may be left out when the step's name is the effect's id.",
                    ["enum"] = new JsonArray([.. effects.Select(e => (JsonNode)e.Description.Id)]),
                    ["errorMessage"] = $"There is no such effect here. There are: {Ids}.",
                },
            },
            ["allOf"] = choices,
            ["errorMessage"] = $"This is not the id of an effect: write \"effect:\" inside the step, or one of {Ids}.",
        };
    }

    private static JsonObject HasEffect(string? id) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("effect"),
        ["properties"] = new JsonObject { ["effect"] = id is null ? true : new JsonObject { ["const"] = id } },
    };

    private JsonObject Step()
    {
        var named = new JsonObject();
        foreach (LoadedEffect effect in effects)
        {
            JsonObject step = Switchable(effect);
            step["if"] = HasEffect(null);
            step["then"] = Reference("named-step");
            step["else"] = Reference(SettingsName(effect));
            named[effect.Description.Id] = step;
        }

        return new JsonObject
        {
            ["type"] = new JsonArray("string", "object"),
            ["pattern"] = $"^(?:{string.Join('|', effects.Select(e => e.Description.Id))})$",
            ["properties"] = named,
            ["additionalProperties"] = Reference("named-step"),
            ["maxProperties"] = 1,
            ["errorMessage"] = $"A step is \"- NAME\" for an effect's defaults, or \"- NAME: {{ setting: value }}\". "
                + $"The effects are {Ids}.",
        };
    }

    private static JsonObject Chain() => new()
    {
        ["description"] = "The steps, in the order in which the sound passes them.",
        ["type"] = "array",
        ["errorMessage"] = "chain is a list of steps, each behind a dash, such as \"- limiter\".",
        ["items"] = new JsonObject
        {
            ["allOf"] = new JsonArray(
                Reference("step"),
                new JsonObject
                {
                    ["additionalProperties"] = Without(
                        "A chain has the order it is written in: move the step to its place.", "before", "after"),
                }),
        },
    };

    private static JsonObject Add() => new()
    {
        ["description"] =
            "Steps that come to the parent's: in front of its last limiter, or where \"before\" or \"after\" says.",
        ["type"] = "array",
        ["errorMessage"] = "add is a list of steps, each behind a dash, such as \"- ring-mod\".",
        ["items"] = new JsonObject
        {
            ["allOf"] = new JsonArray(
                Reference("step"),
                new JsonObject
                {
                    ["additionalProperties"] = new JsonObject
                    {
                        ["if"] = new JsonObject { ["type"] = "object", ["required"] = new JsonArray("before") },
                        ["then"] = Without("A step stands before or after another; one place is enough.", "after"),
                    },
                }),
        },
    };

    private JsonObject Change()
    {
        var named = new JsonObject();
        foreach (LoadedEffect effect in effects)
        {
            JsonObject step = Switchable(effect);
            step["allOf"] = new JsonArray(
                Reference(SettingsName(effect)),
                Without("A parent's step keeps its effect and its place. Switch it off with \"bypass\", and put "
                    + "another under \"add:\".", "effect", "before", "after"));
            named[effect.Description.Id] = step;
        }

        return new JsonObject
        {
            ["description"] = "The parent's steps that differ, by name, with the settings that differ.",
            ["type"] = "object",
            ["properties"] = named,
            ["additionalProperties"] = new JsonObject
            {
                ["type"] = new JsonArray("object", "string"),
                ["pattern"] = SwitchPattern,
                ["errorMessage"] = "A step of the parent takes its settings, \"bypass\" or \"on\".",
            },
            ["errorMessage"] =
                "change takes the names of the parent's steps, without dashes, such as \"comb: { mix: 35% }\".",
        };
    }

    private static JsonObject Switchable(LoadedEffect effect) => new()
    {
        ["description"] = $"{effect.Description.Name}.",
        ["type"] = new JsonArray("object", "string"),
        ["pattern"] = SwitchPattern,
        ["errorMessage"] = $"\"{effect.Description.Id}\" takes its settings, such as {{ {Example(effect)} }}, or "
            + $"\"bypass\" or \"on\".",
    };

    private static string Example(LoadedEffect effect) =>
        effect.Parameters.Count == 0
            ? "" : $"{effect.Parameters[0].Id}: {ValueText.Format(effect.Parameters[0], effect.Parameters[0].Default)}";
}
