using System;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>One preset's file as it is written, before its parent and its effects are looked at. Immutable.</summary>
internal sealed class WrittenPreset
{
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly TopLevel? _top;

    private WrittenPreset(SourceText source, DiagnosticBag diagnostics, YamlDocument? document)
    {
        _source = source;
        _diagnostics = diagnostics;
        Id = PresetFile.IdIn(source.Name);
        _top = document is null ? null : TopLevel.Open("preset", document, diagnostics);
        Extends = _top?.Find("extends")?.Value as YamlScalar;
        if (_top is null)
            return;
        ChoiceRules rules = new UseWhenReader(diagnostics, _top.IsComplete).Read(_top);
        Rules = diagnostics.HasErrors ? null : rules;
        _top.RefuseUnknown(PresetKeys.Names, "A preset");
    }

    public string Id { get; }

    /// <summary>The file as messages name it.</summary>
    public string File => _source.Name;

    /// <summary>The parent's id where one is written, sound or not; null without a parent.</summary>
    public YamlScalar? Extends { get; }

    /// <summary>When it is to be used; null when the text, or what it says of that, is wrong.</summary>
    public ChoiceRules? Rules { get; }

    /// <summary>Whether nothing is wrong with the text, as far as it can be told without parents and effects.</summary>
    public bool IsSound => Rules is not null;

    /// <summary>Whether the id of the parent can be one.</summary>
    public bool HasParent => Extends is { Text.Length: > 0 } && !PresetFile.IsPath(Extends.Text);

    public static WrittenPreset Of(SourceText source, DiagnosticBag diagnostics) =>
        new(source, diagnostics, CollapsedText.Report(source, diagnostics)
            ? null : YamlReader.Read(source, diagnostics));

    /// <summary>Reads a file's bytes, which should be UTF-8.</summary>
    public static WrittenPreset Of(ReadOnlySpan<byte> bytes, string fileName)
    {
        (SourceText source, DiagnosticBag diagnostics) = FileText.Decode(bytes, fileName);
        return Of(source, diagnostics);
    }

    /// <summary>A collector for what is said of the file besides, with nothing in it.</summary>
    public DiagnosticBag Collect() => new(_source);

    /// <summary>Opens the file to be built: its outermost keys, and a collector that holds what is wrong so
    /// far.</summary>
    /// <param name="diagnostics">The collector; this preset's own is left as it is.</param>
    /// <returns>The keys, or null when there are none to be had.</returns>
    public TopLevel? Open(out DiagnosticBag diagnostics)
    {
        diagnostics = _diagnostics.Copy();
        return _top?.Reporting(diagnostics);
    }
}
