using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks one step against its effect and builds it.</summary>
/// <param name="effects">Where effects come from.</param>
/// <param name="mistakes">Where complaints go.</param>
/// <param name="isComplete">Whether the whole file was read; when not, what is missing is not complained about.</param>
internal sealed class StepChecker(EffectFinder effects, Mistakes mistakes, bool isComplete)
{
    private static readonly string[] OffWords = ["off", "no", "false", "disabled", "none", "null", "~"];

    private readonly SettingsChecker _settings = new(mistakes, isComplete);

    /// <summary>Checks a step.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="body">What stands behind the name's colon; null when there is no colon.</param>
    /// <returns>The step, or null after complaints.</returns>
    public PresetStep? Check(YamlScalar name, YamlNode? body)
    {
        bool isNamed = IsProperName(name);
        YamlMapping? settings = body as YamlMapping;
        YamlEntry? effectEntry = settings?.Entries.FirstOrDefault(e => e.Key.Text == "effect");
        YamlScalar effectId = name;
        if (effectEntry is not null)
        {
            if (effectEntry.Value is not YamlScalar { Text.Length: > 0 } written)
            {
                mistakes.Error(effectEntry.Key.Span, "effect has no value.", "Write the effect's id behind it, as \"r3x effects\" lists them.");
                return null;
            }

            effectId = written;
        }

        if (!isNamed && effectEntry is null)
            return null;
        if (effects.Find(effectId.Text, effectEntry is null, out Complaint complaint) is not { } effect)
        {
            mistakes.Error(effectId.Span, complaint);
            return null;
        }

        double[]? values = settings is null
            ? SettingWords.DefaultsOf(effect.Parameters)
            : _settings.Read(name.Text, effect, settings);
        bool? bypassed = settings is null && body is not null ? ReadSwitch(name, body, effect) : false;
        if (values is null || bypassed is null || !isNamed)
            return null;
        EffectDescription found = effect.Description;
        return new PresetStep(
            new SlotPlan(name.Text, found.Id, found.Version, found.Role, effect.Parameters, values, effect.Create), bypassed.Value);
    }

    private bool IsProperName(YamlScalar name)
    {
        string text = name.Text;
        if (text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(text[0])
            && text is not ("effect" or "before" or "after" or "bypass"))
        {
            return true;
        }

        if (LineMistake.WithSpaceAfterColon(text) is { } spaced)
            mistakes.Error(name.Span, "No space stands behind the colon.", $"Write \"{Complaint.Quote(spaced).Trim('"')}\".");
        else if (text.Length == 0)
            mistakes.Error(name.Span, "This step has no name.", "Write an effect such as \"- limiter\", or remove the dash.");
        else if (text.Contains(" - ", StringComparison.Ordinal))
            mistakes.Error(name.Span, "The line below runs on from this one, as its dash stands further in.", "Begin every step's dash in the same column.");
        else if (text.All(c => char.IsAsciiLetter(c)))
            mistakes.Error(name.Span, $"{Complaint.Quote(text)} cannot be a step's name: the word means something else inside a step.", "Begin the step with another name.");
        else
            mistakes.Error(name.Span, $"{Complaint.Quote(text)} cannot be a step's name.", "Use letters, digits and hyphens, a letter first.");
        return false;
    }

    private bool? ReadSwitch(YamlScalar name, YamlNode body, LoadedEffect effect)
    {
        if (body is YamlBroken)
            return null;
        string step = name.Text;
        if (body is not YamlScalar scalar)
        {
            mistakes.Error(body.Span, $"\"{step}\" has a list where its settings belong.", "Take the dashes or square brackets away.");
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
            case "":
                mistakes.Error(name.Span, $"\"{step}\" has a colon, but no settings behind it.", $"Write \"- {step}\" without a colon for its defaults, or indent its settings deeper than its name.");
                return null;
        }

        string example = effect.Parameters.Count == 0 ? "on" : $"{{ {ExampleFor(scalar.Text, effect.Parameters)} }}";
        Complaint complaint = LineMistake.WithSpaceAfterColon(scalar.Text) is { } spaced
            ? new Complaint("No space stands behind the colon.", spaced.IndexOf(':', StringComparison.Ordinal) == spaced.LastIndexOf(':') ? $"Write {Complaint.Quote(spaced)}." : $"Write one, as in \"- {step}: {example}\".")
            : OffWords.Contains(scalar.Text, StringComparer.OrdinalIgnoreCase)
                ? new Complaint($"{Complaint.Quote(scalar.Text)} does not switch a step off.", $"Write \"{step}: bypass\".")
                : new Complaint($"{Complaint.Quote(scalar.Text)} does not say which setting of \"{step}\" it is for.", $"Write the settings with their names, as in \"- {step}: {example}\".");
        mistakes.Error(scalar.Span, complaint);
        return null;
    }

    // The setting that the lonely value would fit, or else the last one.
    private static string ExampleFor(string value, IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            ValueReading reading = ValueReader.Read(value, ValueRange.Of(parameter));
            if (reading.Complaint is null)
                return $"{parameter.Id}: {ValueText.Format(parameter, reading.Value)}";
        }

        return $"{parameters[^1].Id}: {ValueText.Format(parameters[^1], parameters[^1].Default)}";
    }
}
