using System;
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
        (LoadedEffect? effect, Complaint complaint) = effects.Find(effectId.Text, effectEntry is null);
        if (effect is null)
        {
            mistakes.Error(effectId.Span, complaint);
            return null;
        }

        double[]? values = settings is null
            ? [.. effect.Parameters.Select(p => p.Default)]
            : ReadSettings(name.Text, effect, settings);
        bool? bypassed = settings is null && body is not null ? ReadSwitch(name, body, effect) : false;
        if (values is null || bypassed is null || !isNamed)
            return null;
        EffectDescription is_ = effect.Description;
        return new PresetStep(
            new SlotPlan(name.Text, is_.Id, is_.Version, is_.Role, effect.Parameters, values, effect.Create), bypassed.Value);
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
        else if (text.All(c => char.IsAsciiLetter(c)))
            mistakes.Error(name.Span, $"{Complaint.Quote(text)} cannot be a step's name: the word means something else inside a step.", "Begin the step with another name.");
        else
            mistakes.Error(name.Span, $"{Complaint.Quote(text)} cannot be a step's name.", "Use letters, digits and hyphens, a letter first.");
        return false;
    }

    private double[]? ReadSettings(string step, LoadedEffect effect, YamlMapping settings)
    {
        double[] values = [.. effect.Parameters.Select(p => p.Default)];
        bool good = true;
        for (int i = 0; i < settings.Entries.Count; i++)
        {
            YamlEntry entry = settings.Entries[i];
            if (entry.Key.Text == "effect")
                continue;
            if (entry.Key.Text is "before" or "after")
            {
                mistakes.Error(entry.Key.Span, $"\"{entry.Key.Text}\" places a step that is added to a parent's chain; a chain has the order it is written in.", "Remove it, and move the step to its place.");
                good = false;
                continue;
            }

            int index = SettingWords.Find(effect.Parameters, entry.Key.Text);
            if (index < 0)
            {
                mistakes.Error(entry.Key.Span, SettingWords.Unknown(entry.Key.Text, step, effect.Description.Id, effect.Parameters));
                good = false;
                continue;
            }

            YamlEntry? next = settings.IsFlow && i + 1 < settings.Entries.Count ? settings.Entries[i + 1] : null;
            if (next is not null && IsBehindComma(entry, next))
                i++;
            else
                next = null;
            good &= ReadValue(entry, effect.Parameters[index], next?.Key, out values[index]);
        }

        return good ? values : null;
    }

    private bool ReadValue(YamlEntry entry, Parameter parameter, YamlScalar? behindComma, out double value)
    {
        value = parameter.Default;
        var range = ValueRange.Of(parameter);
        if (entry.Value is not YamlScalar scalar)
        {
            if (entry.Value is not YamlBroken)
                mistakes.Error(entry.Value.Span, $"{range.Described}; {SettingWords.NameOf(entry.Value)} stands here.", range.Suggest());
            return false;
        }

        if (scalar.IsEmpty && !isComplete)
            return false;
        string text = behindComma is null ? scalar.Text : $"{scalar.Text},{behindComma.Text}";
        ValueReading reading = SettingWords.Read(text, parameter);
        if (reading.Complaint is { } complaint)
        {
            SourceSpan at = scalar.IsEmpty ? entry.Key.Span : scalar.Span;
            if (behindComma is not null && behindComma.Span.Line == at.Line)
                at = at with { Length = behindComma.Span.Column + behindComma.Span.Length - at.Column };
            mistakes.Error(at, complaint);
            return false;
        }

        value = reading.Value;
        return true;
    }

    // In braces a decimal comma ends the value: { attack: 0,5 ms } reads as attack: 0 and a setting "5 ms".
    private static bool IsBehindComma(YamlEntry entry, YamlEntry next) =>
        next.Value is YamlScalar { IsEmpty: true } && next.Key.Text.Length > 0 && char.IsAsciiDigit(next.Key.Text[0])
        && entry.Value is YamlScalar { Text.Length: > 0 } value && char.IsAsciiDigit(value.Text[^1]);

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

        string example = effect.Parameters.Count == 0 ? "on" : $"{{ {effect.Parameters[^1].Id}: {ValueText.Format(effect.Parameters[^1], effect.Parameters[^1].Default)} }}";
        Complaint complaint = LineMistake.WithSpaceAfterColon(scalar.Text) is not null
            ? new Complaint("No space stands behind the colon.", $"Write one, as in \"- {step}: {example}\".")
            : OffWords.Contains(scalar.Text, StringComparer.OrdinalIgnoreCase)
                ? new Complaint($"{Complaint.Quote(scalar.Text)} does not switch a step off.", $"Write \"{step}: bypass\".")
                : new Complaint($"{Complaint.Quote(scalar.Text)} does not say which setting of \"{step}\" it is for.", $"Write the settings with their names, as in \"- {step}: {example}\".");
        mistakes.Error(scalar.Span, complaint);
        return null;
    }
}
