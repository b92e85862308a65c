using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks the settings of one step against its effect.</summary>
/// <param name="isComplete">Whether the whole file was read; when not, what is missing is not complained about.</param>
internal sealed class SettingsChecker(string presetId, DiagnosticBag diagnostics, bool isComplete)
{
    /// <param name="settings">Names and values, <c>effect</c> among them.</param>
    /// <param name="values">What the values are so far; those that are given are put in.</param>
    /// <returns>Whether there was nothing to complain about.</returns>
    public bool Read(string step, string effectId, IReadOnlyList<Parameter> parameters, YamlMapping settings, StepPlace place, StepValues values)
    {
        bool good = true;
        int curve = PointWords.Find(parameters);
        var points = curve < 0 ? null : new PointChecker(effectId, parameters[curve], diagnostics);
        for (int i = 0; i < settings.Entries.Count; i++)
        {
            YamlEntry entry = settings.Entries[i];
            if (IsReserved(entry, step, place, out bool isAllowed))
            {
                good &= isAllowed;
                continue;
            }

            int index = SettingWords.Find(parameters, entry.Key.Text);
            bool isPoint = index < 0 && points is not null && PointWords.IsMeant(entry.Key.Text);
            if (index < 0 && !isPoint)
            {
                diagnostics.Error(entry.Key.Span, RunTogether(entry, parameters) ?? SettingWords.Unknown(entry.Key.Text, step, effectId, parameters));
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
            else if (isPoint)
                good &= ReadPoint(entry, curve, points!, next?.Key, isMissed, values);
            else
                good &= ReadSetting(entry, parameters[index], index, next?.Key, isMissed, values);
        }

        return good;
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
            diagnostics.Error(entry.Key.Span, $"\"{step}\" is the parent's step and keeps its effect.", $"Write \"{step}: bypass\", and put a step with the other effect under \"add:\".");
            return true;
        }

        if (key is not ("before" or "after"))
            return false;
        isAllowed = place == StepPlace.Added;
        if (place == StepPlace.Chain)
            diagnostics.Error(entry.Key.Span, $"\"{key}\" places a step that is added to a parent's chain; a chain has the order it is written in.", "Remove it, and move the step to its place.");
        else if (place == StepPlace.Parent)
            diagnostics.Error(entry.Key.Span, $"\"{step}\" is the parent's step and keeps its place.", $"Remove \"{key}\". To have the step elsewhere, write \"{step}: bypass\" and add one with another name under \"add:\".");
        return true;
    }

    private bool ReadSetting(
        YamlEntry entry,
        Parameter parameter,
        int index,
        YamlScalar? behindComma,
        bool isMissed,
        StepValues values)
    {
        var range = ValueRange.Of(parameter);
        ValueReading Read(string text) => SettingWords.Read(text, parameter);
        if (!ReadValue(entry, range, Read, behindComma, isMissed, out values.Values[index]))
            return false;
        values.Origins[index] = Origin.At(presetId, entry.Value.Span);
        return true;
    }

    private bool ReadPoint(
        YamlEntry entry,
        int curve,
        PointChecker points,
        YamlScalar? behindComma,
        bool isMissed,
        StepValues values)
    {
        if (points.ReadPlace(entry.Key.Span, entry.Key.Text) is not { } hertz)
            return false;
        var range = points.RangeAt(hertz);
        ValueReading Read(string text) => SettingWords.ReadPoint(text, range);
        if (!ReadValue(entry, range, Read, behindComma, isMissed, out SettingValue value))
            return false;
        values.Put(curve, new CurvePoint(hertz, value.Still), Origin.At(presetId, entry.Value.Span));
        return points.IsRoom(entry.Key.Span, values.Values[curve].Curve!);
    }

    private bool ReadValue(
        YamlEntry entry,
        ValueRange range,
        Func<string, ValueReading> read,
        YamlScalar? behindComma,
        bool isMissed,
        out SettingValue value)
    {
        value = range.Default;
        if (entry.Value is not YamlScalar scalar)
        {
            if (entry.Value is not YamlBroken)
                diagnostics.Error(entry.Value.Span, $"{range.Described}; {entry.Value.Kind} stands here.", range.Suggest());
            return false;
        }

        if (scalar.IsEmpty && !isMissed)
            return false;
        string text = behindComma is null ? scalar.Text : $"{scalar.Text},{behindComma.Text}";
        ValueReading reading = read(text);
        foreach (ValueReading wrong in reading.Wrongs)
            diagnostics.Error(scalar.IsEmpty ? entry.Key.Span : scalar.PlaceOf(wrong, behindComma), wrong.Diagnostic!.Value);
        value = reading.Setting;
        return reading.Diagnostic is null;
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
            return new Diagnostic("No space stands behind the colon.", $"Write {Diagnostic.Quote(spaced)}.");
        int curve = PointWords.Find(parameters);
        if (curve >= 0 && PointWords.WithoutColon(text, parameters[curve]) is var (name, value))
        {
            string fix = $"Write {Diagnostic.Quote($"{name}: {value}")}.";
            return new Diagnostic($"No colon stands behind \"{name}\".", fix);
        }

        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && SettingWords.Find(parameters, text[..blank]) >= 0
            ? new Diagnostic($"No colon stands behind \"{text[..blank]}\".", $"Write {Diagnostic.Quote($"{text[..blank]}: {text[blank..].TrimStart()}")}.")
            : null;
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
