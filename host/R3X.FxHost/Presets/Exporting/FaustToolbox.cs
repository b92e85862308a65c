using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Presets.Exporting;

/// <summary>
/// What the effects' texts share: toolbox.dsp. Of its definitions a program gets those that it uses, in their order,
/// below the headings they stand under.
/// </summary>
internal static partial class FaustToolbox
{
    private static readonly string[] Paragraphs = Read();

    /// <summary>The definitions that a text uses, and those that they use.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<string> For(string text)
    {
        var used = new HashSet<string>();
        var open = new Queue<string>([text]);
        while (open.TryDequeue(out string? next))
        {
            HashSet<string> words = [.. Word().Matches(next).Select(word => word.Value)];
            foreach (string paragraph in Paragraphs.Where(p => DefinedIn(p).Any(words.Contains) && used.Add(p)))
                open.Enqueue(paragraph);
        }

        string? heading = null;
        foreach (string paragraph in Paragraphs)
        {
            if (IsHeading(paragraph))
                heading = paragraph;
            if (!used.Contains(paragraph))
                continue;
            if (heading is not null)
                yield return heading;
            heading = null;
            yield return paragraph;
        }
    }

    private static bool IsHeading(string paragraph) => paragraph.StartsWith("// ----", System.StringComparison.Ordinal);

    private static IEnumerable<string> DefinedIn(string paragraph) =>
        Definition().Matches(paragraph).Select(match => match.Groups["name"].Value);

    private static string[] Read()
    {
        using Stream stream = typeof(FaustToolbox).Assembly.GetManifestResourceStream("toolbox.dsp")!;
        using var reader = new StreamReader(stream);
        return Gap().Split(reader.ReadToEnd().ReplaceLineEndings("\n").Trim());
    }

    // A blank line inside a definition is followed by an indented one.
    [GeneratedRegex(@"\n\n+(?=\S)")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^(?<name>[a-z]\w*)(\(|\s*=)", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"[a-z]\w*")]
    private static partial Regex Word();
}
