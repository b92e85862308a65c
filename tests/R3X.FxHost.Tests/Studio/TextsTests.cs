using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Every text of the page stands in Texts.resx, so that the page can be translated.</summary>
public sealed partial class TextsTests
{
    private static readonly string Folder = Repository.PathOf("host", "R3X.FxHost.Studio");

    private static readonly HashSet<string> Known = [.. XDocument.Load(Path.Combine(Folder, "Texts.resx"))
        .Descendants("data").Select(static data => (string)data.Attribute("name")!)];

    [Fact]
    public void No_component_holds_a_text_of_its_own()
    {
        List<string> found = [];
        foreach (string file in Sources("*.razor"))
        {
            string markup = MarkupText.Of(File.ReadAllText(file));
            found.AddRange(MarkupText.Words(markup).Select(word => $"{Path.GetFileName(file)}: {word}"));
        }

        Assert.Equal([], found);
    }

    [Fact]
    public void Every_text_that_is_asked_for_is_there()
    {
        string[] views = [.. Known.Select(static key => key.Split('.')[0]).Distinct()];
        IEnumerable<string> missing = Asked()
            .Where(key => key.Contains('.', StringComparison.Ordinal) && views.Contains(key.Split('.')[0]))
            .Where(static key => !key.EndsWith('.') && !Known.Contains(key));

        Assert.Equal([], missing.Distinct());
    }

    [Fact]
    public void Every_text_that_is_there_is_asked_for()
    {
        HashSet<string> asked = [.. Asked()];
        // "Turn.Unit." + unit asks for all that begin so, key + ".Fix" for all that end so.
        string[] beginnings = [.. asked.Where(static key => key.EndsWith('.') && key.Length > 1)];
        string[] endings = [.. asked.Where(static key => key.StartsWith('.') && key.Length > 1)];
        IEnumerable<string> unused = Known.Where(key => !asked.Contains(key)
            && !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal))
            && !endings.Any(ending => key.EndsWith(ending, StringComparison.Ordinal)
                && asked.Contains(key[..^ending.Length])));

        Assert.Equal([], unused);
    }

    [Fact]
    public void A_text_in_a_component_would_be_found()
    {
        Assert.Equal(["Play"], MarkupText.Words(MarkupText.Of("<button @onclick=\"() => X(1)\">Play</button>")));
        Assert.Equal(["Louder"], MarkupText.Words(MarkupText.Of("<input aria-label=\"Louder\" @bind=\"_x\" />")));
        Assert.Equal([], MarkupText.Words(MarkupText.Of("""
            @* A note. *@
            @if (a > b && c["x"] is { } d)
            {
                <p class="row" title="@Texts["Turn.A", d]">@Texts["Turn.B"] @(d ? "1" : "2") @d.Name(1)</p>
            }
            @code { string Text => "words"; }
            """)));
    }

    // The first part of an interpolated one.
    private static IEnumerable<string> Asked() => Sources("*.razor").Concat(Sources("*.cs"))
        .SelectMany(static file => Literals.Matches(File.ReadAllText(file)))
        .Select(static match => match.Groups["text"].Value);

    private static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex("""
        "(?<text>[A-Za-z.]+)["{]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literals { get; }
}
