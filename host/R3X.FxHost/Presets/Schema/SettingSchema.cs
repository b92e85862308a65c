using System.Text.Json.Nodes;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Schema;

/// <summary>The schema of one value: what it takes, what an editor says of it, and how it is complained
/// about.</summary>
internal static class SettingSchema
{
    /// <summary>A setting of an effect: a value, or a sentence that moves it.</summary>
    public static JsonObject Of(Parameter parameter)
    {
        var range = ValueRange.Of(parameter);
        string help = parameter.IsStructural ? $"{parameter.Help} It is fixed while a line sounds."
            : $"{parameter.Help} It can move: \"{Sentence(range)}\".";
        return Of(range, help, parameter.IsStructural ? "" : "|" + ValuePattern.OfModulation(range));
    }

    /// <summary>A value with its unit.</summary>
    /// <param name="alternatives">What may stand instead, as a regular expression that begins with a bar; "" for
    /// nothing.</param>
    public static JsonObject Of(ValueRange range, string help, string alternatives = "")
    {
        string standard = range.Print(range.Default);
        bool isBare = range.Quantity == Quantity.Number;
        var schema = new JsonObject
        {
            ["description"] = $"{help}\n\n{range.Print(range.Minimum)} to "
                + $"{range.Print(range.Maximum)}{(range.HasDefault ? $"; {standard} when nothing is said" : "")}.",
            ["type"] = isBare ? new JsonArray("number", "string") : "string",
            ["pattern"] = $@"^\s*(?:{ValuePattern.Of(range)}{alternatives})\s*$",
            ["errorMessage"] = $"{range.Described}. {range.Suggest()}",
            ["default"] = isBare ? range.Default : standard,
        };
        if (isBare)
        {
            schema["minimum"] = range.Minimum;
            schema["maximum"] = range.Maximum;
        }

        return schema;
    }

    /// <summary>The points of a curve: by what names are allowed, what they take.</summary>
    public static JsonObject OfPoints(Parameter curve) => new()
    {
        [$@"^\s*(?:{ValuePattern.Of(PointWords.PlacesOf(curve))})\s*$"] =
            Of(PointWords.AnyPointOf(curve), $"{curve.Help} It is fixed while a line sounds."),
    };

    private static string Sentence(ValueRange range) =>
        ModulationForm.All[0].Print([range.Minimum, range.Maximum, 0.5], range);
}
