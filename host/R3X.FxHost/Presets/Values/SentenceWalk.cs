using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Values;

/// <summary>
/// Goes along a form and a sentence side by side. A word that is missing or misspelt is passed over, so that the rest
/// is read as well; where the two part for good it ends, as what follows would only be guesses.
/// </summary>
/// <param name="text">The whole sentence.</param>
/// <param name="parts">What stands behind the first word.</param>
internal sealed class SentenceWalk(ModulationForm form, ValueRange setting, string text, List<SentencePart> parts)
{
    private readonly List<double> _values = [];
    private readonly List<ValueReading> _wrongs = [];
    private int _at;
    private SentencePart _last;

    /// <summary>The values that could be read, in order; all of them when nothing is wrong.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>What is wrong, in order.</summary>
    public IReadOnlyList<ValueReading> Wrongs => _wrongs;

    private bool IsOver => _at == parts.Count;

    /// <param name="keyword">The first word.</param>
    public void Go(SentencePart keyword)
    {
        _last = keyword;
        if (!keyword.Text.Equals(form.Keyword, StringComparison.OrdinalIgnoreCase))
            Report(keyword, $"{Diagnostic.Quote(keyword.Text)} is no movement.", Fix.Write(form.Keyword));
        for (int value = 0; value < form.Words.Length || (form.IsOpen && !IsOver); value++)
        {
            if (!PassWord(form.WordBefore(value)) || !PassValue(form.RangeOf(value, setting)))
                return;
        }

        if (!IsOver)
            Report(parts[_at], $"{Diagnostic.Quote(parts[_at].Text)} is too much.");
    }

    private bool PassWord(string word)
    {
        if (word.Length == 0 || IsOver)
            return true;
        SentencePart found = parts[_at];
        if (!found.IsWord)
        {
            Report(found, $"\"{word}\" is missing in front of {Diagnostic.Quote(found.Text)}.",
                new Fix($"Write \"{word}\" in front of it.", $"{word} {found.Text}"));
            return true;
        }

        _last = parts[_at++];
        if (found.Text.Equals(word, StringComparison.OrdinalIgnoreCase))
            return true;
        Report(found, $"{Diagnostic.Quote(found.Text)} stands where \"{word}\" belongs.", Fix.Write(word));
        // A word that belongs elsewhere says that something was left out.
        return !form.Words.Contains(found.Text, StringComparer.OrdinalIgnoreCase);
    }

    private bool PassValue(ValueRange range)
    {
        if (IsOver || parts[_at].IsWord)
        {
            if (IsOver)
                Report(_last, $"the sentence breaks off behind {Diagnostic.Quote(_last.Text)}.");
            else
                Report(parts[_at], $"{Diagnostic.Quote(parts[_at].Text)} stands where a value belongs.");
            return false;
        }

        _last = parts[_at++];
        ValueReading reading = ValueReader.Read(_last.Text, range);
        if (reading.Diagnostic is null)
            _values.Add(reading.Value);
        else
            _wrongs.Add(reading.About(_last.Start, _last.Text.Length));
        return true;
    }

    // The fix is the whole sentence where it can be guessed; where its values are wrong too, what puts this one thing
    // right, or an example.
    private void Report(SentencePart where, string what, Fix? fix = null)
    {
        Fix better = SentenceGuess.For(form, setting, parts) is { } sentence
            ? new Fix($"Write \"{sentence}\".", InPlaceOf(where, sentence))
            : fix ?? $"Write \"{SentenceGuess.Example(form, setting)}\".";
        ValueReading wrong = ValueReading.Wrong($"{setting.Name} moves by \"{form.Shape}\"; {what}", better);
        // Commas in place of every "or" are one mistake.
        if (!_wrongs.Exists(w => w.Diagnostic == wrong.Diagnostic))
            _wrongs.Add(wrong.About(where.Start, where.Text.Length));
    }

    // What makes the right sentence of this one in place of a part; null where the rest differs, too.
    private string? InPlaceOf(SentencePart part, string sentence)
    {
        string before = text[..part.Start], behind = text[(part.Start + part.Text.Length)..];
        return sentence.Length >= before.Length + behind.Length
            && sentence.StartsWith(before, StringComparison.Ordinal)
            && sentence.EndsWith(behind, StringComparison.Ordinal)
            ? sentence[before.Length..^behind.Length] : null;
    }
}
