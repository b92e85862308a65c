using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>Reads one condition of an entry under <c>use-when:</c>.</summary>
internal sealed class ConditionReader(DiagnosticBag diagnostics)
{
    public static readonly ValueRange Chance = new("chance", Quantity.Percentage, 0, 100, 50) { HasDefault = false };

    /// <summary>How a condition is written, in quotes.</summary>
    public static string ExampleOf(string name) => name switch
    {
        "words" => "\"words: [yes, found]\"",
        "letters" => "\"letters: under 60\"",
        "chance" => "\"chance: 50%\"",
        "cue" => "\"cue: greeting\"",
        "speaker" => "\"speaker: droid\"",
        _ => $"\"{name}: excited\"",
    };

    /// <summary>Reads a condition that is not empty; null after diagnostics.</summary>
    public Condition? Read(YamlEntry entry) => entry.Key.Text switch
    {
        "mood" => Trait(entry, line => line.Mood),
        "cue" => Trait(entry, line => line.Cue),
        "speaker" => Trait(entry, line => line.Speaker),
        "words" => Words(entry),
        _ => Letters(entry),
    };

    /// <summary>Reads a chance, in percent; null after diagnostics.</summary>
    public double? ReadChance(YamlEntry entry)
    {
        if (One(entry, "one percentage") is not { } written)
            return null;
        ValueReading reading = ValueReader.Read(written.Text, Chance);
        if (reading.Diagnostic is { } diagnostic)
            diagnostics.Error(written.Span, diagnostic);
        return reading.Diagnostic is null ? reading.Value : null;
    }

    private TraitCondition? Trait(YamlEntry entry, Func<LineTraits, string?> of)
    {
        List<YamlScalar> texts = Texts(entry);
        return texts.Count == 0
            ? null : new TraitCondition(entry.Key.Text, [.. texts.Select(text => text.Text.Trim())], of);
    }

    private WordsCondition? Words(YamlEntry entry)
    {
        List<SoughtWord> words = [];
        foreach (YamlScalar text in Texts(entry))
        {
            if (SoughtWord.Of(text.Text.Trim()) is { } word)
                words.Add(word);
            else
                diagnostics.Error(
                    text.Span, $"{Diagnostic.Quote(text.Text)} has no letter in it, so no line can say it.",
                    "Write a word, or remove it.");
        }

        return words.Count == 0 ? null : new WordsCondition(words);
    }

    private LettersCondition? Letters(YamlEntry entry)
    {
        if (One(entry, "one range") is not { } written)
            return null;
        LettersCondition? condition = LetterRange.Read(written.Text, out Diagnostic diagnostic);
        if (condition is null)
            diagnostics.Error(written.Span, diagnostic);
        return condition;
    }

    private List<YamlScalar> Texts(YamlEntry entry)
    {
        string name = entry.Key.Text;
        List<YamlScalar> texts = [];
        IReadOnlyList<YamlNode> items = entry.Value is YamlSequence list ? list.Items : [entry.Value];
        if (items.Count == 0)
            diagnostics.Error(entry.Key.Span, $"{name} has no value.", $"Write {ExampleOf(name)}, or remove the line.");
        foreach (YamlNode item in items)
        {
            if (item is YamlScalar { Text: var text } scalar && !string.IsNullOrWhiteSpace(text))
            {
                if (entry.Value == item && Several(text) is { } several)
                    diagnostics.Error(
                        scalar.Span, $"{Diagnostic.Quote(text)} is read as one {(name == "words" ? "phrase" : name)}.",
                        $"Write {Diagnostic.Quote($"{name}: [{several}]")}.");
                else
                    texts.Add(scalar);
            }
            else if (item is YamlScalar)
                diagnostics.Error(entry.Key.Span, $"{name} has an empty item.", "Write its text, or remove it.");
            else if (item is YamlSequence { Items: [YamlScalar inner] })
                diagnostics.Error(item.Span, $"Brackets inside a list make a list in the list.",
                    $"Write {Diagnostic.Quote($"[{inner.Text}]")} with its quotes for the direction in brackets, or "
                    + $"\"{inner.Text}\" for the word.");
            else if (item is not YamlBroken)
                diagnostics.Error(item.Span, $"{name} is a word or a list of words; {item.Kind} stands here.",
                    $"Write {ExampleOf(name)}.");
        }

        return texts;
    }

    // "excited, happy" and "excited or happy": a list that lacks its brackets.
    private static string? Several(string text)
    {
        if (text.StartsWith('['))
            return null;
        string[] parts = [.. text.Split(
            [",", " or ", ";", "|"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return parts.Length > 1 ? string.Join(", ", parts) : null;
    }

    private YamlScalar? One(YamlEntry entry, string what)
    {
        if (entry.Value is YamlScalar written)
            return written;
        if (entry.Value is not YamlBroken)
            diagnostics.Error(entry.Value.Span, $"{entry.Key.Text} is {what}; {entry.Value.Kind} stands here.",
                $"Write {ExampleOf(entry.Key.Text)}.");
        return null;
    }
}
