using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>One condition of an entry under <c>use-when:</c>. Immutable.</summary>
/// <param name="Said">The condition as people read it: <c>mood: excited or happy</c>.</param>
internal abstract record Condition(string Said)
{
    /// <summary>Whether it holds for a line.</summary>
    public abstract bool Holds(MatchedLine line);

    /// <summary>What the line is instead, without a full stop.</summary>
    public abstract string WhyNot(MatchedLine line);

    /// <summary>Several words, any of which will do.</summary>
    public static string AnyOf(IEnumerable<string> words) => string.Join(" or ", words);
}

/// <summary>The mood, the cue or the speaker is one of these, case ignored.</summary>
internal sealed record TraitCondition(string Name, IReadOnlyList<string> Any, Func<LineTraits, string?> Of)
    : Condition($"{Name}: {AnyOf(Any)}")
{
    public override bool Holds(MatchedLine line)
    {
        if (Of(line.Traits) is not { } said)
            return false;
        ReadOnlySpan<char> trimmed = said.AsSpan().Trim();
        foreach (string any in Any)
        {
            if (trimmed.Equals(any, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public override string WhyNot(MatchedLine line) => string.IsNullOrWhiteSpace(Of(line.Traits))
        ? $"no {Name} was given; it takes {AnyOf(Any)}"
        : $"the {Name} is {Diagnostic.Quote(Of(line.Traits)!.Trim())}, not {AnyOf(Any)}";
}

/// <summary>The text says one of these.</summary>
internal sealed record WordsCondition(IReadOnlyList<SoughtWord> Any)
    : Condition($"words: {AnyOf(Any.Select(word => word.Written))}")
{
    public override bool Holds(MatchedLine line)
    {
        if (line.Text is not { } text)
            return false;
        foreach (SoughtWord word in Any)
        {
            if (text.Says(word))
                return true;
        }

        return false;
    }

    public override string WhyNot(MatchedLine line) => line.Text is null
        ? "no text was given; it looks for words"
        : $"the text does not say {AnyOf(Any.Select(word => word.Written))}";
}

/// <summary>The text has so many letters.</summary>
/// <param name="Most">The most.</param>
internal sealed record LettersCondition(int Least, int Most, string Written) : Condition($"letters: {Written}")
{
    public override bool Holds(MatchedLine line) => line.Text is { } text && text.Letters >= Least
        && text.Letters <= Most;

    public override string WhyNot(MatchedLine line) => line.Text is { } text
        ? string.Create(CultureInfo.InvariantCulture, $"the text has {text.Letters} letters, not {Written}")
        : "no text was given; it counts letters";
}
