using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using R3X.FxHost.Presets.Choosing;

namespace R3X.FxHost.Presets.Schema;

/// <summary>The schemas of a preset's outermost keys, and which of them go together.</summary>
internal static class TopLevelSchema
{
    private const string WholeNumber = "(?:0|[1-9][0-9]*)";

    /// <summary>Every key and what it takes, in the order presets have them.</summary>
    public static JsonObject Keys() =>
        new(PresetKeys.All.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Of(key))));

    private static JsonObject Of(PresetKey key) => key.Takes switch
    {
        KeyContent.Version => new JsonObject
        {
            ["description"] = key.About,
            ["const"] = 1,
            ["errorMessage"] = "\"preset:\" is followed by the version of the language, which is 1. The preset's name "
                + "goes behind \"name:\".",
        },
        KeyContent.Text => Text(key.About),
        KeyContent.Texts => Texts(key.About),
        KeyContent.Parent => new JsonObject
        {
            ["description"] = key.About,
            ["type"] = "string",
            ["pattern"] = @"^(?!.*\.yaml$)[^/\\]*[^/\\.]$",
            ["errorMessage"] = "extends takes the id of a preset in the same folder, such as neutral.",
        },
        KeyContent.Conditions => UseWhen(key.About),
        KeyContent.Steps => StepSchema.Reference(key.Name),
        KeyContent.Quality => new JsonObject
        {
            ["description"] = key.About,
            ["enum"] = new JsonArray("full", "draft"),
            ["errorMessage"] = "quality is full or draft.",
            ["default"] = "full",
        },
        _ when key.Parameter is { } parameter => SettingSchema.Of(parameter),
        _ when key.Range == UseWhenReader.Priority => Whole(SettingSchema.Of(key.Range, key.About)),
        _ => SettingSchema.Of(key.Range!, key.About, "|off"),
    };

    /// <summary>What goes together and what does not.</summary>
    public static JsonArray Rules() => new(
        new JsonObject { ["required"] = new JsonArray("preset"),
            ["errorMessage"] = "Write \"preset: 1\" in the first line." },
        new JsonObject
        {
            ["if"] = Has("extends"),
            ["then"] = StepSchema.Without("A preset that extends another takes over its chain. Put what differs under "
                + "\"change:\" and new steps under \"add:\".", "chain"),
            ["else"] = StepSchema.Without(
                "This alters the chain of a parent, and the preset extends none. Write \"extends: neutral\" above it.",
                "change", "add"),
        },
        new JsonObject
        {
            ["if"] = new JsonObject { ["anyOf"] = new JsonArray(Has("extends"), Has("change"), Has("add")) },
            ["else"] = new JsonObject { ["required"] = new JsonArray("chain"), ["errorMessage"] =
                "Write \"chain:\" and its steps below it, or \"extends:\" and the id of another preset." },
        });

    private static JsonObject Whole(JsonObject number)
    {
        number["multipleOf"] = 1;
        return number;
    }

    private static JsonObject UseWhen(string about) => new()
    {
        ["description"] = about,
        ["type"] = "array",
        ["errorMessage"] = "use-when is a list of entries, each behind a dash, such as \"- mood: excited\".",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = false,
            ["errorMessage"] = "An entry of use-when has conditions: mood, cue, words, letters, chance, speaker.",
            ["properties"] = new JsonObject
            {
                ["mood"] = Texts("The mood the assistant gives, or one of several."),
                ["cue"] = Texts("The cue the assistant gives, such as greeting, or one of several."),
                ["words"] = Texts(
                    "Any of these words stands in the line; a mark in brackets, as [whispers], is one, too."),
                ["letters"] = new JsonObject
                {
                    ["description"] = "How long the line is: under 60, over 20, or 20 to 60.",
                    ["type"] = "string",
                    ["pattern"] =
                        $@"^\s*(?:(?:{ValuePattern.AnyCase("under")}|{ValuePattern.AnyCase("over")}) +{WholeNumber}"
                        + $@"|{WholeNumber} +{ValuePattern.AnyCase("to")} +{WholeNumber})\s*$",
                    ["errorMessage"] = "letters is \"under 60\", \"over 20\" or \"20 to 60\".",
                },
                ["chance"] = SettingSchema.Of(ConditionReader.Chance,
                    "How often this entry holds when all else does; drawn anew for every line."),
                ["speaker"] = Texts("Who speaks, or one of several."),
            },
        },
    };

    private static JsonObject Text(string description) => new()
    {
        ["description"] = description,
        ["type"] = new JsonArray("string", "number", "boolean"),
        ["errorMessage"] = "One text belongs here. Put it in quotes where it holds a colon.",
    };

    private static JsonObject Texts(string description)
    {
        JsonObject one = Text(description);
        one["type"] = new JsonArray("string", "number", "boolean", "array");
        one["errorMessage"] = "A text or a list of texts belongs here.";
        one["items"] = Text(description);
        return one;
    }

    private static JsonObject Has(string key) => new() { ["required"] = new JsonArray(key) };
}
