using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Reads sentences that move a setting. What is not exactly right is refused, with the whole sentence as it should be.</summary>
internal static class MovementReader
{
    // A sentence that people would not read is no fix.
    private const int LongestGuess = 90;
    private const int LongestSentence = 1000;

    /// <summary>Reads a sentence of movement.</summary>
    /// <param name="text">What stands in place of the value.</param>
    /// <param name="parameter">What it moves.</param>
    /// <returns>The movement or a complaint; null when the text is no such sentence.</returns>
    public static ValueReading? Read(string text, Parameter parameter)
    {
        int start = text.Length - text.TrimStart().Length;
        int end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        string word = text[start..end];
        if (word.Length < 3 || (end < text.Length && !char.IsWhiteSpace(text[end])))
            return null;
        if (FormOf(word, text[end..]) is not { } form)
            return null;
        var setting = ValueRange.Of(parameter);
        if (parameter.IsStructural)
            return ValueReading.Wrong($"{parameter.Id} takes no movement: it is fixed while a line sounds.", setting.Suggest()).About(start, text.TrimEnd().Length - start);
        if (text.Length > LongestSentence)
            return ValueReading.Wrong($"The sentence that moves {parameter.Id} is too long.", $"Write {Quoted(Example(form, setting))}.").About(start, word.Length);
        List<SentencePart> parts = SentencePart.Split(text, end);
        if (!word.Equals(form.Keyword, StringComparison.OrdinalIgnoreCase))
            return Wrong(form, setting, parts, $"{Complaint.Quote(word)} is no movement.").About(start, word.Length);
        return Misfit(form, setting, parts, new SentencePart(start, word, true)) ?? ReadValues(form, setting, [.. parts.Where(part => !part.IsWord)]);
    }

    private static MovementForm? FormOf(string word, string rest)
    {
        foreach (MovementForm form in MovementForm.All)
        {
            if (form.Keyword.Equals(word, StringComparison.OrdinalIgnoreCase))
                return form;
        }

        string? nearest = rest.AsSpan().ContainsAnyInRange('0', '9') ? NearestName.Find(word, MovementForm.All.Select(form => form.Keyword)) : null;
        return MovementForm.All.FirstOrDefault(form => form.Keyword == nearest);
    }

    // The first place where the sentence leaves its form.
    private static ValueReading? Misfit(MovementForm form, ValueRange setting, List<SentencePart> parts, SentencePart keyword)
    {
        int at = 0;
        SentencePart last = keyword;
        for (int value = 0; value < form.Words.Length || (form.IsOpen && at < parts.Count); value++)
        {
            string word = form.WordBefore(value);
            if (word.Length > 0)
            {
                if (at == parts.Count)
                    return BreaksOff(form, setting, parts, last);
                SentencePart found = parts[at];
                if (!found.IsWord)
                    return Wrong(form, setting, parts, $"\"{word}\" is missing in front of {Complaint.Quote(found.Text)}.").About(found.Start, found.Text.Length);
                if (!found.Text.Equals(word, StringComparison.OrdinalIgnoreCase))
                    return Wrong(form, setting, parts, $"{Complaint.Quote(found.Text)} stands where \"{word}\" belongs.").About(found.Start, found.Text.Length);
                last = found;
                at++;
            }

            if (at == parts.Count)
                return BreaksOff(form, setting, parts, last);
            if (parts[at].IsWord)
                return Wrong(form, setting, parts, $"{Complaint.Quote(parts[at].Text)} stands where a value belongs.").About(parts[at].Start, parts[at].Text.Length);
            last = parts[at++];
        }

        return at == parts.Count ? null
            : Wrong(form, setting, parts, $"{Complaint.Quote(parts[at].Text)} is too much.").About(parts[at].Start, parts[at].Text.Length);
    }

    private static ValueReading BreaksOff(MovementForm form, ValueRange setting, List<SentencePart> parts, SentencePart last) =>
        Wrong(form, setting, parts, $"the sentence breaks off behind {Complaint.Quote(last.Text)}.").About(last.Start, last.Text.Length);

    private static ValueReading Wrong(MovementForm form, ValueRange setting, List<SentencePart> parts, string what)
    {
        string sentence = Guess(form, setting, [.. parts.Where(part => !part.IsWord).Select(part => part.Text)]) ?? Example(form, setting);
        return ValueReading.Wrong($"{setting.Name} moves by \"{form.Shape}\"; {what}", $"Write {Quoted(sentence)}.");
    }

    private static ValueReading ReadValues(MovementForm form, ValueRange setting, List<SentencePart> parts)
    {
        double[] values = new double[parts.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ValueReading reading = ValueReader.Read(parts[i].Text, form.RangeOf(i, setting));
            if (reading.Complaint is not null)
                return reading.About(parts[i].Start, parts[i].Text.Length);
            values[i] = reading.Value;
        }

        if (!form.IsOpen && values[0] == values[1])
        {
            string same = setting.Print(values[0]);
            return ValueReading.Wrong($"Both ends of {setting.Name} are \"{same}\", so nothing moves.", $"Write \"{same}\".").About(parts[1].Start, parts[1].Text.Length);
        }

        return ValueReading.Of(form.Make(values));
    }

    // What was written, in the order in which it makes sense, with a usual pace where none was given.
    private static string? Guess(MovementForm form, ValueRange setting, List<string> values)
    {
        if (form.Pace is { } pace && values.Count == 2)
            values.Add(pace.Print(pace.Default));
        if (!form.IsOpen && values.Count > form.Words.Length)
            values = values[..form.Words.Length];
        if (form.IsOpen ? values.Count < 2 : values.Count != form.Words.Length)
            return null;
        foreach (string[] order in new string[][] { [.. values], [.. values.Skip(1), values[0]] })
        {
            List<SentencePart> parts = [.. order.Select(value => new SentencePart(0, value, false))];
            if (ReadValues(form, setting, parts).Movement is not { } movement)
                continue;
            string sentence = MovementText.Print(movement, setting);
            if (sentence.Length <= LongestGuess)
                return sentence;
        }

        return null;
    }

    private static string Example(MovementForm form, ValueRange setting)
    {
        double other = setting.Default < setting.Maximum ? setting.Maximum : setting.Minimum;
        return form.Print(form.Pace is { } pace ? [setting.Default, other, pace.Default] : [setting.Default, other], setting);
    }

    private static string Quoted(string sentence) => $"\"{sentence}\"";
}
