using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>The outermost keys of a file: <c>preset: 1</c> or <c>host: 1</c> and what stands beside it.</summary>
internal sealed class TopLevel
{
    private const string Version = "1";

    private readonly string _kind;
    private readonly YamlMapping _root;
    private readonly DiagnosticBag _diagnostics;

    private TopLevel(string kind, YamlMapping root, bool isComplete, DiagnosticBag diagnostics)
    {
        _kind = kind;
        _root = root;
        IsComplete = isComplete;
        _diagnostics = diagnostics;
    }

    /// <summary>Whether all of the file was read; when not, what is missing is not complained about.</summary>
    public bool IsComplete { get; }

    public IReadOnlyList<YamlEntry> Entries => _root.Entries;

    /// <summary>Opens a file of a kind; null when it is no such file or of another version, which has then been
    /// said.</summary>
    public static TopLevel? Open(string kind, YamlDocument document, DiagnosticBag diagnostics)
    {
        if (document.Root is null or YamlBroken)
            return null;
        if (document.Root is not YamlMapping root)
        {
            bool joined = document.Root is YamlScalar scalar
                && LineMistake.WithSpaceAfterColon(scalar.Text) is not null;
            diagnostics.Error(
                document.Root.Span,
                joined ? "No space stands behind the colon." : document.Root is YamlSequence
                    ? "The file begins with a list." : "The file holds text, but no names with colons.",
                $"Write \"{kind}: {Version}\" in its first line and the rest below it.");
            return null;
        }

        var top = new TopLevel(kind, root, document.IsComplete, diagnostics);
        return top.HasRightVersion() ? top : null;
    }

    /// <summary>The keys of a group that stands by itself.</summary>
    public static TopLevel Of(string kind, YamlMapping root, DiagnosticBag diagnostics) =>
        new(kind, root, isComplete: true, diagnostics);

    /// <summary>The same keys, with what is wrong with them told elsewhere.</summary>
    public TopLevel Reporting(DiagnosticBag diagnostics) => new(_kind, _root, IsComplete, diagnostics);

    public YamlEntry? Find(string key) => _root.Entries.FirstOrDefault(entry => entry.Key.Text == key);

    /// <summary>The names and values that stand under a key; null when it is missing or something else.</summary>
    public TopLevel? Group(string key, string example)
    {
        YamlEntry? entry = Find(key);
        if (entry is null || IsMissing(entry, $"\"{example}\""))
            return null;
        if (entry.Value is YamlMapping group)
            return new TopLevel(_kind, group, IsComplete, _diagnostics);
        _diagnostics.Error(entry.Value.Span, $"{key} has settings of its own; {entry.Value.Kind} stands here.",
            $"Write \"{key}: {example}\".");
        return null;
    }

    /// <param name="owner">What has them: <c>A preset</c>.</param>
    public void RefuseUnknown(string[] keys, string owner)
    {
        foreach (YamlEntry entry in _root.Entries)
        {
            string key = entry.Key.Text;
            if (keys.Contains(key))
                continue;
            _diagnostics.Error(entry.Key.Span, new Diagnostic(
                $"{Diagnostic.Quote(key)} is not part of {char.ToLowerInvariant(owner[0])}{owner[1..]}.",
                Diagnostic.FixFor(NearestName.Find(key, keys), $"{owner} has", keys),
                DiagnosticRule.UnknownName));
        }
    }

    /// <summary>The text of a key; null when it is missing or wrong.</summary>
    public string? Text(string key) => TextNode(key)?.Text.Trim();

    /// <summary>The same with its place.</summary>
    public YamlScalar? TextNode(string key)
    {
        YamlEntry? entry = Find(key);
        return entry is null || IsMissing(entry, "a text") ? null : OneText(entry, entry.Value, "one text");
    }

    /// <summary>The texts of a key, one or a list of them; empty when it is missing or wrong.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. TextNodes(key).Select(scalar => scalar.Text.Trim())];

    /// <summary>The same with their places.</summary>
    public IReadOnlyList<YamlScalar> TextNodes(string key) =>
        [.. Nodes(key).Select(item => TextOf(key, item)).OfType<YamlScalar>()];

    /// <summary>What stands under a key, one thing or a list; empty when it is missing.</summary>
    public IReadOnlyList<YamlNode> Nodes(string key)
    {
        YamlEntry? entry = Find(key);
        return entry is null || IsMissing(entry, "a list") ? []
            : entry.Value is YamlSequence list ? list.Items : [entry.Value];
    }

    /// <summary>One of these as a text; null when it is something else, which has then been said.</summary>
    public YamlScalar? TextOf(string key, YamlNode item) => OneText(Find(key)!, item, "a list of texts");

    /// <summary>The value of a key; null when it is missing or wrong.</summary>
    public double? Value(ValueRange range) => Read(range, text => ValueReader.Read(text, range))?.Value;

    /// <summary>The value of a key; null when it says <c>off</c>, another when it is missing or wrong.</summary>
    public double? ValueOrOff(ValueRange range, double? whenSilent) =>
        Find(range.Name) is { Value: YamlScalar { Text: "off" } } ? null : Value(range) ?? whenSilent;

    /// <summary>What a setting is given, a number or a modulation; null when its key is missing or what it says is
    /// wrong.</summary>
    public SettingValue? Setting(Parameter parameter) =>
        Read(ValueRange.Of(parameter), text => SettingWords.Read(text, parameter))?.Setting;

    private ValueReading? Read(ValueRange range, Func<string, ValueReading> read)
    {
        YamlEntry? entry = Find(range.Name);
        if (entry is null || IsMissing(entry, $"\"{range.Print(range.Default)}\""))
            return null;
        if (OneText(entry, entry.Value, "one value") is not { } scalar)
            return null;
        ValueReading reading = read(scalar.Text);
        foreach (ValueReading wrong in reading.Wrongs)
            _diagnostics.Error(scalar.PlaceOf(wrong), wrong.Diagnostic!.Value);
        return reading.Diagnostic is null ? reading : null;
    }

    private bool IsMissing(YamlEntry entry, string what)
    {
        if (entry.Value is YamlBroken)
            return true;
        if (entry.Value is not YamlScalar scalar || scalar.Text.Trim().Length > 0)
            return false;
        if (IsComplete || scalar.IsQuoted)
            _diagnostics.Error(entry.Key.Span, $"{entry.Key.Text} has no value.",
                $"Write {what} behind the colon, or remove the line.");
        return true;
    }

    private YamlScalar? OneText(YamlEntry entry, YamlNode node, string what)
    {
        if (node is YamlScalar { Text.Length: > 0 } scalar)
            return scalar;
        if (node is YamlScalar)
            _diagnostics.Error(entry.Key.Span, $"{entry.Key.Text} has an empty item.", "Write its text, or remove it.");
        else if (node is not YamlBroken)
            _diagnostics.Error(node.Span, $"{entry.Key.Text} is {what}; {node.Kind} stands here.",
                "Write its text alone, in quotes where it holds a colon.");
        return null;
    }

    private bool HasRightVersion()
    {
        YamlEntry? entry = Find(_kind);
        if (entry is null)
        {
            if (IsComplete)
                _diagnostics.Error(
                    SourceSpan.Beginning, $"The file does not say that it is a {_kind} file, nor of which version.",
                    $"Write \"{_kind}: {Version}\" in its first line.");
            return true;
        }

        string text = (entry.Value as YamlScalar)?.Text ?? "";
        if (text == Version || entry.Value is YamlBroken)
            return true;
        bool isNewer = text.Length < 9 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture,
            out int version) && version > 1 && text[0] != '0';
        if (isNewer)
        {
            _diagnostics.Error(
                entry.Value.Span,
                $"This file is written in version {text} of its language; this program reads version {Version}.",
                "Update R3X.FxHost.");
            return false;
        }

        SourceSpan at = text.Length == 0 ? entry.Key.Span : entry.Value.Span;
        _diagnostics.Error(at, $"\"{_kind}:\" is followed by the version of the language, which is {Version}.",
            new Fix($"Write \"{_kind}: {Version}\"."
                + (_kind == "preset" ? " The preset's name goes behind \"name:\"." : ""),
                text.Length == 0 ? null : Version));
        return true;
    }
}
