using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Lights;

/// <summary>A line of text with names in braces in it, which stand for what is known of a level. Immutable.</summary>
internal sealed partial class LineTemplate
{
    private const string EveryBand = "bands";
    private const string WholeLevel = "level";
    private const string Emotion = "emotion";

    private readonly string _text;

    /// <param name="text">The text. Braces around anything but a name are left alone, so that it may be JSON.</param>
    /// <exception cref="ArgumentException">A name stands for nothing.</exception>
    public LineTemplate(string text)
    {
        _text = text;
        string? unknown = Name().Matches(text).Select(match => match.Groups[1].Value).FirstOrDefault(
            name => !IsKnown(name));
        if (unknown is not null)
            throw new ArgumentException($"In the line \"{text}\", {{{unknown}}} stands for nothing. There are "
                + $"{{level}}, {{bands}}, {{band1}} to {{band{SpeechBands.Count}}} and {{emotion}}.");
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <summary>The line for a level.</summary>
    /// <param name="light">The numbers.</param>
    /// <param name="emotion">The emotion; what would end the line in it becomes a space.</param>
    public string Fill(LightLevel light, string emotion) => Name().Replace(_text, match => match.Groups[1].Value switch
    {
        WholeLevel => Number(light.Level),
        EveryBand => string.Join(',', Enumerable.Range(0, SpeechBands.Count).Select(band => Number(light[band]))),
        Emotion => OnOneLine(emotion),
        string name => Number(light[Band(name)]),
    });

    private static bool IsKnown(string name) => name is WholeLevel or EveryBand or Emotion || Band(name) >= 0;

    // -1 for what is none.
    private static int Band(string name) =>
        name.Length == 5 && name.StartsWith("band", StringComparison.Ordinal)
            && name[4] - '1' is >= 0 and < SpeechBands.Count and int band ? band : -1;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string OnOneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char letter in text)
            line.Append(char.IsControl(letter) ? ' ' : letter);
        return line.ToString();
    }

    [GeneratedRegex(@"\{(\w[\w-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
