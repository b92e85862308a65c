using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace R3X.FxHost.Tests.Presets;

/// <summary>The tree is built from tokens; the library's own parser, slow to start, says whether it is built
/// right.</summary>
public sealed class YamlTreeTests
{
    private static readonly string[] Pieces =
    [
        "a", "b: ", "c:\n", "- ", "-\n", "\n", "\n", "\n  ", "\n    ", "  ", "{", "}", "[", "]", ", ", ",", ": ", ":",
            "x y", "35%", "3:1", "'q'", "\"q: r\"", "# n\n",
        "|\n  t\n", ">-\n  t\n", "---\n", "x\n...\n", "- a: 1\n", "  b: {c: d}\n", "- [e, f: g]\n", "\r\n", "\t",
    ];

    [Fact]
    public void Any_text_gives_the_tree_that_the_parsers_events_describe() =>
        Gen.OneOf(Pieces).Array[0, 14].Select(string.Concat).Sample(
            text =>
            {
                string? expected = FromEvents(text);
                string? found = FromTokens(text, out bool isExcused);
                // A colon without a name in front of it is told in the checkers' words instead of the parser's, which
                // then lets a lone bracket pass.
                return found == expected || isExcused || HasNamelessEntry(expected)
                    ? true : throw new InvalidOperationException(
                        $"{expected ?? "refused"} but {found ?? "refused"} for {text}");
            },
            iter: 20_000);

    [Theory]
    [InlineData("preset: 1\nchain:\n- eq\n- comb:\n    mix: 3\n", "{preset=1 chain=[eq {comb={mix=3}}]}")]
    [InlineData("a:\n  - - x\n    - y\n  -\nb:\n", "{a=[[x y] ] b=}")]
    [InlineData("{a, b: , c: d, }", "{a= b= c=d}")]
    [InlineData("[a: b, c, {d: e}]", "[{a=b} c {d=e}]")]
    [InlineData("? a\n: b\n? c\n", "{a=b c=}")]
    [InlineData("%YAML 1.2\n---\na: 1\n...\n", "{a=1}")]
    public void Each_form_of_the_language_has_its_tree(string text, string tree) =>
        Assert.Equal(tree, FromTokens(text, out _));

    [Theory]
    [InlineData("[  c:\n- [e, f: g]\n]")]
    [InlineData("{\t\n3:1'q'b: - [e, f: g]\n}")]
    [InlineData("{c: - a}")]
    [InlineData("[- a, - b]")]
    public void A_dash_begins_no_list_inside_brackets(string text) =>
        Assert.Equal((null, null), (FromEvents(text), FromTokens(text, out _)));

    private static string? FromTokens(string text, out bool isExcused)
    {
        isExcused = false;
        var source = new SourceText("a.yaml", text);
        var tree = new YamlTree(source, new ParsableText(source));
        try
        {
            YamlNode? root = tree.Read();
            string printed = Print(root);
            isExcused = tree.Mistakes.Any(c => c.Diagnostic.Message.Contains("plain words", StringComparison.Ordinal))
                || HasNamelessEntry(printed);
            return tree.Mistakes.Any(c =>
                c.Diagnostic.Message.StartsWith("A second document", StringComparison.Ordinal)) ? null : printed;
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            // YAML wants the comma that the library's parser lets people forget.
            isExcused = e.Message.Contains("a comma", StringComparison.Ordinal);
            return null;
        }
    }

    private static bool HasNamelessEntry(string? printed) =>
        printed is not null
            && (printed.Contains("{=", StringComparison.Ordinal) || printed.Contains(" =", StringComparison.Ordinal));

    private static string Print(YamlNode? node) => node switch
    {
        YamlScalar scalar => scalar.Text,
        YamlSequence list => $"[{string.Join(' ', list.Items.Select(Print))}]",
        YamlMapping mapping =>
            $"{{{string.Join(' ', mapping.Entries.Select(e => $"{Print(e.Key)}={Print(e.Value)}"))}}}",
        _ => "",
    };

    private static string? FromEvents(string text)
    {
        var source = new SourceText("a.yaml", text);
        var parser = new Parser(new StringReader(new ParsableText(source).Text));
        try
        {
            parser.MoveNext();
            parser.MoveNext();
            if (parser.Current is not DocumentStart)
                return "";
            parser.MoveNext();
            string root = Describe(parser);
            parser.MoveNext();
            parser.MoveNext();
            return parser.Current is StreamEnd ? root : null;
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Describe(Parser parser)
    {
        switch (parser.Current)
        {
            case Scalar scalar:
                return scalar.Value;
            case SequenceStart:
                List<string> items = [];
                for (Next(parser); parser.Current is not SequenceEnd; Next(parser))
                    items.Add(Describe(parser));
                return $"[{string.Join(' ', items)}]";
            case MappingStart:
                List<string> entries = [];
                for (Next(parser); parser.Current is not MappingEnd; Next(parser))
                {
                    bool isPlain = parser.Current is Scalar;
                    string key = Describe(parser);
                    Next(parser);
                    string value = Describe(parser);
                    if (isPlain)
                        entries.Add($"{key}={value}");
                }

                return $"{{{string.Join(' ', entries)}}}";
            default:
                throw new InvalidOperationException("The events do not describe a tree.");
        }
    }

    private static void Next(Parser parser)
    {
        if (!parser.MoveNext())
            throw new InvalidOperationException("The events end early.");
    }
}
