using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Choosing;

namespace R3X.FxHost.Presets.Schema;

/// <summary>The schemas of a preset's outermost keys, and which of them go together.</summary>
internal static class TopLevelSchema
{
    private const string Whole = "(?:0|[1-9][0-9]*)";

    /// <summary>The keys, in the order presets have them.</summary>
    public static IEnumerable<string> Names => Keys().Select(key => key.Key);

    /// <summary>Every key and what it takes.</summary>
    public static JsonObject Keys() => new()
    {
        ["preset"] = new JsonObject
        {
            ["description"] = "The version of the language this file is written in.",
            ["const"] = 1,
            ["errorMessage"] = "\"preset:\" is followed by the version of the language, which is 1. The preset's name goes behind \"name:\".",
        },
        ["name"] = Text("What people call it."),
        ["about"] = Text("What it is for, in a sentence."),
        ["tags"] = Texts("Words to find it by, such as [happy, bright]."),
        ["extends"] = new JsonObject
        {
            ["description"] = "The preset this one is a variation of, by its id: the name of its file without .yaml.",
            ["type"] = "string",
            ["pattern"] = @"^(?!.*\.yaml$)[^/\\]*[^/\\.]$",
            ["errorMessage"] = "extends takes the id of a preset in the same folder, such as neutral.",
        },
        ["use-when"] = UseWhen(),
        ["priority"] = Priority(),
        ["chain"] = StepSchema.Reference("chain"),
        ["change"] = StepSchema.Reference("change"),
        ["add"] = StepSchema.Reference("add"),
        ["try-with"] = Texts("Lines to try it with."),
        ["amount"] = SettingSchema.Of(ChainPlan.AmountParameter),
        ["match-loudness"] = SettingSchema.Of(PresetBuilder.MatchLoudness, "How loud lines are with this preset, whatever its effects do.", "|off"),
        ["quality"] = new JsonObject
        {
            ["description"] = "full, or draft for small computers: quicker, with less exact drives and limiting.",
            ["enum"] = new JsonArray("full", "draft"),
            ["errorMessage"] = "quality is full or draft.",
            ["default"] = "full",
        },
    };

    /// <summary>What goes together and what does not.</summary>
    public static JsonArray Rules() => new(
        new JsonObject { ["required"] = new JsonArray("preset"), ["errorMessage"] = "Write \"preset: 1\" in the first line." },
        new JsonObject
        {
            ["if"] = Has("extends"),
            ["then"] = StepSchema.Without("A preset that extends another takes over its chain. Put what differs under \"change:\" and new steps under \"add:\".", "chain"),
            ["else"] = StepSchema.Without("This alters the chain of a parent, and the preset extends none. Write \"extends: neutral\" above it.", "change", "add"),
        },
        new JsonObject
        {
            ["if"] = new JsonObject { ["anyOf"] = new JsonArray(Has("extends"), Has("change"), Has("add")) },
            ["else"] = new JsonObject { ["required"] = new JsonArray("chain"), ["errorMessage"] = "Write \"chain:\" and its steps below it, or \"extends:\" and the id of another preset." },
        });

    private static JsonObject Priority()
    {
        JsonObject schema = SettingSchema.Of(UseWhenReader.Priority, "Where two presets fit a line equally well, the higher one is taken.");
        schema["multipleOf"] = 1;
        return schema;
    }

    private static JsonObject UseWhen() => new()
    {
        ["description"] = "When a line that names no preset gets this one: when all conditions of any one entry hold.",
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
                ["words"] = Texts("Any of these words stands in the line; a mark in brackets, as [whispers], is one, too."),
                ["letters"] = new JsonObject
                {
                    ["description"] = "How long the line is: under 60, over 20, or 20 to 60.",
                    ["type"] = "string",
                    ["pattern"] = $@"^\s*(?:(?:{ValuePattern.AnyCase("under")}|{ValuePattern.AnyCase("over")}) +{Whole}|{Whole} +{ValuePattern.AnyCase("to")} +{Whole})\s*$",
                    ["errorMessage"] = "letters is \"under 60\", \"over 20\" or \"20 to 60\".",
                },
                ["chance"] = SettingSchema.Of(ConditionReader.Chance, "How often this entry holds when all else does; drawn anew for every line."),
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
