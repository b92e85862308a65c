using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Values;

/// <summary>Reads sentences that move a setting. What is not exactly right is refused, with the whole sentence as it
/// should be.</summary>
internal static class ModulationReader
{
    private const int LongestSentence = 1000;

    /// <returns>The modulation or a diagnostic; null when the text is no such sentence.</returns>
    public static ValueReading? Read(string text, Parameter parameter) =>
        Read(text, ValueRange.Of(parameter), parameter.IsStructural);

    /// <returns>The modulation or a diagnostic; null when the text is no such sentence.</returns>
    public static ValueReading? Read(string text, ValueRange setting, bool isFixed)
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
        if (isFixed)
        {
            string message = $"{setting.Name} takes no movement: it is fixed while a line sounds.";
            return ValueReading.Wrong(message, setting.Suggest())
                .About(start, text.TrimEnd().Length - start);
        }

        if (text.Length > LongestSentence)
        {
            string fix = $"Write \"{SentenceGuess.Example(form, setting)}\".";
            string message = $"The sentence that moves {setting.Name} is too long.";
            return ValueReading.Wrong(message, fix).About(start, word.Length);
        }

        List<SentencePart> parts = SentencePart.Split(text, end);
        var walk = new SentenceWalk(form, setting, text, parts);
        walk.Go(new SentencePart(start, word, true));
        if (walk.Wrongs.Count > 0)
            return ValueReading.Wrong(walk.Wrongs);
        if (form.IsOpen || walk.Values[0] != walk.Values[1])
            return ValueReading.Of(form.Make(walk.Values));
        SentencePart second = parts.Where(part => !part.IsWord).ElementAt(1);
        string same = setting.Print(walk.Values[0]);
        return ValueReading.Wrong($"Both ends of {setting.Name} are \"{same}\", so nothing moves.",
            $"Write \"{same}\".").About(second.Start, second.Text.Length);
    }

    private static ModulationForm? FormOf(string word, string rest)
    {
        foreach (ModulationForm form in ModulationForm.All)
        {
            if (form.Keyword.Equals(word, StringComparison.OrdinalIgnoreCase))
                return form;
        }

        string? nearest = rest.AsSpan().ContainsAnyInRange('0', '9')
            ? NearestName.Find(word, ModulationForm.All.Select(form => form.Keyword)) : null;
        return ModulationForm.All.FirstOrDefault(form => form.Keyword == nearest);
    }
}
