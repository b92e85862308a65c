using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Reads what is written behind a step's name: its settings, or the word that switches it.</summary>
/// <param name="isComplete">Whether the whole file was read; when not, what is missing is not complained about.</param>
internal sealed class StepReader(string presetId, DiagnosticBag diagnostics, bool isComplete)
{
    private static readonly string[] OffWords = ["off", "no", "false", "disabled", "none", "null", "~"];

    /// <summary>The step as it is with that; null after diagnostics.</summary>
    /// <param name="step">The step so far.</param>
    /// <param name="name">Its name, as it is written here.</param>
    /// <param name="body">What stands behind the name's colon; null when there is no colon.</param>
    /// <param name="place">Where it stands.</param>
    public PresetStep? Read(PresetStep step, YamlScalar name, YamlNode? body, StepPlace place)
    {
        if (body is null)
            return step;
        if (body is YamlMapping settings)
        {
            PresetStep? changed = ReadSettings(step, settings, place);
            // Whoever gives a step settings wants to hear them.
            return step.IsBypassed && changed is not null
                ? changed with { IsBypassed = false, SwitchOrigin = Origin.At(presetId, name.Span) }
                : changed;
        }

        return ReadSwitch(name, body, step.Slot.Parameters, place == StepPlace.Parent ? "" : "- ") is { } isBypassed
            ? step with { IsBypassed = isBypassed, SwitchOrigin = Origin.At(presetId, body.Span) }
            : null;
    }

    private PresetStep? ReadSettings(PresetStep step, YamlMapping settings, StepPlace place)
    {
        IReadOnlyList<Parameter> parameters = step.Slot.Parameters;
        string effectId = step.Slot.EffectId;
        PresetStep changed = step;
        bool good = true;
        int curve = PointWords.Find(parameters);
        var points = curve < 0 ? null : new PointChecker(effectId, parameters[curve], diagnostics);
        for (int i = 0; i < settings.Entries.Count; i++)
        {
            YamlEntry entry = settings.Entries[i];
            if (IsReserved(entry, step.Name, place, out bool isAllowed))
            {
                good &= isAllowed;
                continue;
            }

            int index = SettingWords.Find(parameters, entry.Key.Text);
            bool isPoint = index < 0 && points is not null && PointWords.IsMeant(entry.Key.Text);
            if (index < 0 && !isPoint)
            {
                diagnostics.Error(entry.Key.Span, RunTogether(entry, parameters)
                    ?? SettingWords.Unknown(entry.Key.Text, step.Name, effectId, parameters));
                good = false;
                continue;
            }

            YamlEntry? next = settings.IsFlow && i + 1 < settings.Entries.Count ? settings.Entries[i + 1] : null;
            if (next is not null && IsBehindComma(entry, next))
                i++;
            else
                next = null;
            bool isMissed = isComplete || settings.IsFlow;
            if (isPoint && RunTogether(entry, parameters) is { } runTogether)
            {
                diagnostics.Error(entry.Key.Span, runTogether);
                good = false;
            }
            else if (isPoint && settings.IsFlow && next is null && NameAcrossComma(settings.Entries, i) is { } cut)
            {
                // The diagnostic is about the comma.
                points!.ReadPlace(cut.Span, cut.Text);
                good = false;
                i++;
            }
            else if ((isPoint
                ? ReadPoint(changed, entry, curve, points!, next?.Key, isMissed)
                : ReadSetting(changed, entry, index, next?.Key, isMissed)) is { } read)
            {
                changed = read;
            }
            else
            {
                good = false;
            }
        }

        return good ? changed : null;
    }

    private bool IsReserved(YamlEntry entry, string step, StepPlace place, out bool isAllowed)
    {
        string key = entry.Key.Text;
        isAllowed = true;
        if (key == "effect")
        {
            if (place != StepPlace.Parent)
                return true;
            isAllowed = false;
            diagnostics.Error(entry.Key.Span, $"\"{step}\" is the parent's step and keeps its effect.",
                $"Write \"{step}: bypass\", and put a step with the other effect under \"add:\".");
            return true;
        }

        if (key is not ("before" or "after"))
            return false;
        isAllowed = place == StepPlace.Added;
        if (place == StepPlace.Chain)
            diagnostics.Error(entry.Key.Span, $"\"{key}\" places a step that is added to a parent's chain; a chain has "
                + $"the order it is written in.", "Remove it, and move the step to its place.");
        else if (place == StepPlace.Parent)
            diagnostics.Error(
                entry.Key.Span, $"\"{step}\" is the parent's step and keeps its place.", $"Remove \"{key}\". To have "
                + $"the step elsewhere, write \"{step}: bypass\" and add one with another name under \"add:\".");
        return true;
    }

    private PresetStep? ReadSetting(PresetStep step, YamlEntry entry, int index, YamlScalar? behindComma, bool isMissed)
    {
        Parameter parameter = step.Slot.Parameters[index];
        ValueReading Read(string text) => SettingWords.Read(text, parameter);
        return ReadValue(entry, ValueRange.Of(parameter), Read, behindComma, isMissed) is { } value
            ? step.With(index, value, Origin.At(presetId, entry.Value.Span))
            : null;
    }

    private PresetStep? ReadPoint(
        PresetStep step, YamlEntry entry, int curve, PointChecker points, YamlScalar? behindComma, bool isMissed)
    {
        if (points.ReadPlace(entry.Key.Span, entry.Key.Text) is not { } hertz)
            return null;
        var range = points.RangeAt(hertz);
        ValueReading Read(string text) => SettingWords.ReadPoint(text, range);
        if (ReadValue(entry, range, Read, behindComma, isMissed) is not { } value)
            return null;
        PresetStep changed = step.With(
            curve, new CurvePoint(hertz, value.Still), Origin.At(presetId, entry.Value.Span));
        return points.IsRoom(entry.Key.Span, changed.Slot.Values[curve].Curve!) ? changed : null;
    }

    private SettingValue? ReadValue(
        YamlEntry entry, ValueRange range, Func<string, ValueReading> read, YamlScalar? behindComma, bool isMissed)
    {
        if (entry.Value is not YamlScalar scalar)
        {
            if (entry.Value is not YamlBroken)
                diagnostics.Error(
                    entry.Value.Span, $"{range.Described}; {entry.Value.Kind} stands here.", range.Suggest());
            return null;
        }

        if (scalar.IsEmpty && !isMissed)
            return null;
        string text = behindComma is null ? scalar.Text : $"{scalar.Text},{behindComma.Text}";
        ValueReading reading = read(text);
        foreach (ValueReading wrong in reading.Wrongs)
            diagnostics.Error(
                scalar.IsEmpty ? entry.Key.Span : scalar.PlaceOf(wrong, behindComma), wrong.Diagnostic!.Value);
        return reading.Diagnostic is null ? reading.Setting : null;
    }

    // In braces a decimal comma ends the value: { attack: 0,5 ms } reads as attack: 0 and a setting "5 ms".
    private static bool IsBehindComma(YamlEntry entry, YamlEntry next) =>
        next.Value is YamlScalar { IsEmpty: true } && next.Key.Text.Length > 0 && char.IsAsciiDigit(next.Key.Text[0])
        && entry.Value is YamlScalar { Text.Length: > 0 } value && char.IsAsciiDigit(value.Text[^1]);

    // Or its name: { 1,25 kHz: 3 dB } reads as a setting "1" without a value and a setting "25 kHz".
    private static YamlScalar? NameAcrossComma(IReadOnlyList<YamlEntry> entries, int index)
    {
        if (index + 1 == entries.Count || entries[index].Value is not YamlScalar { IsEmpty: true })
            return null;
        YamlScalar head = entries[index].Key, tail = entries[index + 1].Key;
        bool isBeside = tail.Span.Line == head.Span.Line && tail.Span.Column == head.Span.Column + head.Span.Length + 1;
        if (!isBeside || head.Text.AsSpan().ContainsAnyExceptInRange('0', '9') || !PointWords.IsMeant(tail.Text))
            return null;
        SourceSpan both = head.Span with { Length = tail.Span.Column + tail.Span.Length - head.Span.Column };
        return new YamlScalar(both, $"{head.Text},{tail.Text}", isQuoted: false);
    }

    // In braces "mix:35%" and "mix 35%" are names without a value.
    private static Diagnostic? RunTogether(YamlEntry entry, IReadOnlyList<Parameter> parameters)
    {
        if (entry.Value is not YamlScalar { IsEmpty: true })
            return null;
        string text = entry.Key.Text;
        if (LineMistake.WithSpaceAfterColon(text) is { } spaced)
            return new Diagnostic("No space stands behind the colon.",
                new Fix($"Write {Diagnostic.Quote(spaced)}.", spaced));
        int curve = PointWords.Find(parameters);
        if (curve >= 0 && PointWords.WithoutColon(text, parameters[curve]) is var (name, value))
        {
            var fix = new Fix($"Write {Diagnostic.Quote($"{name}: {value}")}.", $"{name}: {value}");
            return new Diagnostic($"No colon stands behind \"{name}\".", fix);
        }

        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && SettingWords.Find(parameters, text[..blank]) >= 0
            ? new Diagnostic($"No colon stands behind \"{text[..blank]}\".",
                new Fix($"Write {Diagnostic.Quote($"{text[..blank]}: {text[blank..].TrimStart()}")}.",
                    $"{text[..blank]}: {text[blank..].TrimStart()}"))
            : null;
    }

    // Whether the step is switched off; null after a diagnostic. The dash stands in front of the name in examples.
    private bool? ReadSwitch(YamlScalar name, YamlNode body, IReadOnlyList<Parameter> parameters, string dash)
    {
        if (body is YamlBroken)
            return null;
        string step = name.Text;
        if (body is not YamlScalar scalar)
        {
            diagnostics.Error(body.Span, $"\"{step}\" has a list where its settings belong.",
                "Take the dashes or square brackets away.");
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
                diagnostics.Error(name.Span, $"\"{step}\" has a colon, but no settings behind it.",
                    "Indent the settings deeper than its name, or remove the line to leave the step as it is.");
                return null;
            case "":
                diagnostics.Error(name.Span, $"\"{step}\" has a colon, but no settings behind it.", $"Write \"- "
                    + $"{step}\" without a colon for its defaults, or indent its settings deeper than its name.");
                return null;
        }

        string example = parameters.Count == 0 ? "on" : $"{{ {ExampleFor(scalar.Text, parameters)} }}";
        Diagnostic diagnostic = LineMistake.WithSpaceAfterColon(scalar.Text) is { } spaced
            ? new Diagnostic("No space stands behind the colon.",
                spaced.IndexOf(':', StringComparison.Ordinal) == spaced.LastIndexOf(':')
                ? new Fix($"Write {Diagnostic.Quote(spaced)}.", $"{{ {spaced} }}")
                : $"Write one, as in \"{dash}{step}: {example}\".")
            : OffWords.Contains(scalar.Text, StringComparer.OrdinalIgnoreCase)
                ? new Diagnostic(
                    $"{Diagnostic.Quote(scalar.Text)} does not switch a step off.",
                    new Fix($"Write \"{step}: bypass\".", "bypass"))
                : new Diagnostic($"{Diagnostic.Quote(scalar.Text)} does not say which setting of \"{step}\" it is for.",
                    $"Write the settings with their names, as in \"{dash}{step}: {example}\".");
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

/// <summary>Under which key of a preset a step's settings stand.</summary>
internal enum StepPlace
{
    /// <summary>Under <c>chain:</c>, where the order is the order written.</summary>
    Chain,

    /// <summary>Under <c>add:</c>, where a step may say where it goes.</summary>
    Added,

    /// <summary>Under <c>change:</c>: the step is the parent's.</summary>
    Parent,
}
