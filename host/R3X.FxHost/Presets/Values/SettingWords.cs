using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Values;

/// <summary>Reads the settings of an effect, and says what is wrong with them in the same words wherever they
/// stand.</summary>
internal static class SettingWords
{
    /// <summary>The index of a setting, or -1; points have names of their own (<see cref="PointWords"/>).</summary>
    public static int Find(IReadOnlyList<Parameter> parameters, string id)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Id == id && parameters[i].Points is null)
                return i;
        }

        return -1;
    }

    /// <summary>One value for each setting, its default.</summary>
    public static SettingValue[] DefaultsOf(IReadOnlyList<Parameter> parameters)
    {
        var values = new SettingValue[parameters.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = parameters[i].Default;
        return values;
    }

    /// <summary>A name that is no setting of an effect.</summary>
    public static Diagnostic Unknown(string written, string step, string effectId, IReadOnlyList<Parameter> parameters)
    {
        string owner = step == effectId ? effectId : $"\"{step}\" ({effectId})";
        string message = $"{Diagnostic.Quote(written)} is not a setting of {owner}.";
        if (written is "bypass" or "enabled" or "active")
            return new Diagnostic(message, $"Write \"{step}: bypass\", without settings, to switch the step off.",
                DiagnosticRule.UnknownName);
        return parameters.Count == 0
            ? new Diagnostic(message, $"Remove it: {effectId} has no settings.", DiagnosticRule.UnknownName)
            : new Diagnostic(
                message,
                Diagnostic.FixFor(NearestName.Find(written, Ids(parameters)), $"{effectId} has", NamesOf(parameters)),
                DiagnosticRule.UnknownName);
    }

    /// <summary>What an effect has to set, for messages.</summary>
    public static IEnumerable<string> NamesOf(IReadOnlyList<Parameter> parameters)
    {
        int curve = PointWords.Find(parameters);
        return curve < 0
            ? Ids(parameters)
            : Ids(parameters).Append($"points such as \"{PointWords.Example(parameters[curve])}\"");
    }

    private static IEnumerable<string> Ids(IReadOnlyList<Parameter> parameters) =>
        parameters.Where(parameter => parameter.Points is null).Select(parameter => parameter.Id);

    /// <summary>Reads a setting's value, or the sentence that moves it.</summary>
    public static ValueReading Read(string text, Parameter parameter) =>
        ModulationReader.Read(text, parameter) ?? ValueReader.Read(text, ValueRange.Of(parameter));

    public static ValueReading ReadPoint(string text, ValueRange point) =>
        ModulationReader.Read(text, point, isFixed: true) ?? ValueReader.Read(text, point);
}
