using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Reads what stands behind a step's name when it is one word: <c>bypass</c> or <c>on</c>, or a mistake.</summary>
internal sealed class StepSwitch(DiagnosticBag diagnostics, bool isComplete)
{
    private static readonly string[] OffWords = ["off", "no", "false", "disabled", "none", "null", "~"];

    /// <summary>Whether the step is switched off; null after a diagnostic.</summary>
    /// <param name="dash">What stands in front of the name in examples: a dash in a list, nothing under <c>change:</c>.</param>
    public bool? Read(YamlScalar name, YamlNode body, IReadOnlyList<Parameter> parameters, string dash)
    {
        if (body is YamlBroken)
            return null;
        string step = name.Text;
        if (body is not YamlScalar scalar)
        {
            diagnostics.Error(body.Span, $"\"{step}\" has a list where its settings belong.", "Take the dashes or square brackets away.");
            return null;
        }

        switch (scalar.Text)
        {
            case "bypass":
                return true;
            case "on":
                return false;
            case "" when !isComplete:
                return null;
            case "" when dash.Length == 0:
                diagnostics.Error(name.Span, $"\"{step}\" has a colon, but no settings behind it.", "Indent the settings deeper than its name, or remove the line to leave the step as it is.");
                return null;
            case "":
                diagnostics.Error(name.Span, $"\"{step}\" has a colon, but no settings behind it.", $"Write \"- {step}\" without a colon for its defaults, or indent its settings deeper than its name.");
                return null;
        }

        string example = parameters.Count == 0 ? "on" : $"{{ {ExampleFor(scalar.Text, parameters)} }}";
        Diagnostic diagnostic = LineMistake.WithSpaceAfterColon(scalar.Text) is { } spaced
            ? new Diagnostic("No space stands behind the colon.", spaced.IndexOf(':', StringComparison.Ordinal) == spaced.LastIndexOf(':') ? $"Write {Diagnostic.Quote(spaced)}." : $"Write one, as in \"{dash}{step}: {example}\".")
            : OffWords.Contains(scalar.Text, StringComparer.OrdinalIgnoreCase)
                ? new Diagnostic($"{Diagnostic.Quote(scalar.Text)} does not switch a step off.", $"Write \"{step}: bypass\".")
                : new Diagnostic($"{Diagnostic.Quote(scalar.Text)} does not say which setting of \"{step}\" it is for.", $"Write the settings with their names, as in \"{dash}{step}: {example}\".");
        diagnostics.Error(scalar.Span, diagnostic);
        return null;
    }

    // The setting that the lonely value would fit, or else the last one.
    private static string ExampleFor(string value, IReadOnlyList<Parameter> parameters)
    {
        int curve = PointWords.Find(parameters);
        foreach (Parameter parameter in parameters.Where(p => p.Points is null))
        {
            ValueReading reading = SettingWords.Read(value, parameter);
            if (reading.Diagnostic is null)
                return $"{parameter.Id}: {ValueText.Format(parameter, reading.Setting)}";
        }

        return curve >= 0
            ? PointWords.Example(parameters[curve])
            : $"{parameters[^1].Id}: {ValueText.Format(parameters[^1], parameters[^1].Default)}";
    }
}
