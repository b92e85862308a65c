using System.Collections.Generic;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>What an item of <c>words:</c> is.</summary>
internal enum SoughtKind
{
    /// <summary>One word.</summary>
    Word,

    /// <summary>Several words in a row.</summary>
    Phrase,

    /// <summary>A direction in brackets, such as <c>[whispers]</c>.</summary>
    Direction,
}

/// <summary>An item of <c>words:</c>, ready to be looked for.</summary>
/// <param name="Written">As it is written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">What a <see cref="SpokenText"/> knows it by.</param>
internal sealed record SoughtWord(string Written, SoughtKind Kind, string Key)
{
    /// <summary>Prepares an item; null when no letter is in it.</summary>
    public static SoughtWord? Of(string written)
    {
        List<string> words = SpokenText.WordsIn(written);
        if (words.Count == 0)
            return null;
        if (written.StartsWith('[') && written.EndsWith(']'))
            return new SoughtWord(written, SoughtKind.Direction, SpokenText.Run(words));
        return words.Count == 1
            ? new SoughtWord(written, SoughtKind.Word, words[0])
            : new SoughtWord(written, SoughtKind.Phrase, SpokenText.Run(words));
    }
}
