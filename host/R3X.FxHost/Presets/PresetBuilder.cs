using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Builds a preset from what is written and its parent.</summary>
internal sealed class PresetBuilder
{
    private readonly WrittenPreset _written;
    private readonly TopLevel _top;
    private readonly DiagnosticBag _diagnostics;
    private readonly IEffectCatalogue _catalogue;
    private readonly Dictionary<string, Origin> _origins = [];

    private PresetBuilder(WrittenPreset written, TopLevel top, DiagnosticBag diagnostics, IEffectCatalogue catalogue)
    {
        _written = written;
        _top = top;
        _diagnostics = diagnostics;
        _catalogue = catalogue;
    }

    /// <summary>Builds a preset. All mistakes come at once; nothing is thrown.</summary>
    /// <param name="catalogue">The effects; those that the preset names are loaded.</param>
    /// <param name="findParent">Finds the parent, which is asked for once at most.</param>
    public static PresetReading Build(
        WrittenPreset written, IEffectCatalogue catalogue, string file, Func<FoundParent> findParent)
    {
        TopLevel? top = written.Open(out DiagnosticBag diagnostics);
        Preset? preset = top is null
            ? null : new PresetBuilder(written, top, diagnostics, catalogue).Build(file, findParent);
        return new PresetReading(diagnostics.HasErrors ? null : preset, diagnostics.ToList());
    }

    private Preset Build(string file, Func<FoundParent> findParent)
    {
        Preset? parent = ParentOf(findParent);
        NoteOrigins(parent);
        string id = _written.Id;
        IReadOnlyList<string> tags = Has("tags") ? _top.Texts("tags") : parent?.Tags ?? [];
        IReadOnlyList<string> tryWith = Has("try-with") ? _top.Texts("try-with") : parent?.TryWith ?? [];
        double? matchLoudness = Has(PresetKeys.MatchLoudness.Name)
            ? _top.ValueOrOff(PresetKeys.MatchLoudness, null)
            : parent?.MatchLoudness;
        SettingValue? amount = Has(ChainPlan.AmountParameter.Id)
            ? _top.Setting(ChainPlan.AmountParameter) : parent?.Amount;
        RenderQuality quality = Has("quality") ? ReadQuality() : parent?.Quality ?? RenderQuality.Full;
        List<PresetStep> steps = StepsOf(parent);
        var plan = new ChainPlan(id, PresetStep.SlotsOf(steps), quality)
        {
            MatchLoudness = matchLoudness,
            Amount = amount ?? ChainPlan.AmountParameter.Default,
        };
        return new Preset(
            id, file, _top.Text("name") ?? id, _top.Text("about") ?? "", tags, steps, matchLoudness, tryWith, plan,
                parent, _origins)
        {
            Amount = amount,
            Rules = _written.Rules ?? new ChoiceRules([], 0),
        };
    }

    private Preset? ParentOf(Func<FoundParent> findParent)
    {
        if (_top.Find("extends") is not { } extends)
            return null;
        if (_top.Text("extends") is not { } id)
            return null;
        if (!_written.HasParent)
        {
            string plain = Path.GetFileNameWithoutExtension(id.Replace('\\', '/'));
            _diagnostics.Error(
                extends.Value.Span, $"extends takes the id of a preset in the same folder; {Diagnostic.Quote(id)} is a "
                + $"path or a file's name.", plain.Length > 0 ? Fix.Write(plain) : "Write the id alone.");
            return null;
        }

        FoundParent found = findParent();
        if (found.Diagnostic is { } said)
        {
            Diagnostic diagnostic = said with { Rule = DiagnosticRule.Parent };
            if (found.Preset is not null)
                _diagnostics.Warning(extends.Value.Span, diagnostic);
            else if (found.QuotesPlace)
                _diagnostics.ErrorWithoutLine(extends.Value.Span, diagnostic);
            else
                _diagnostics.Error(extends.Value.Span, diagnostic);
        }

        return found.Preset;
    }

    private List<PresetStep> StepsOf(Preset? parent)
    {
        var steps = new StepChecker(_written.Id, new EffectFinder(_catalogue), _diagnostics, _top.IsComplete);
        YamlEntry? chain = _top.Find("chain");
        YamlEntry? change = _top.Find("change");
        YamlEntry? add = _top.Find("add");
        if (_top.Find("extends") is not null)
        {
            if (chain is not null)
                _diagnostics.Error(
                    chain.Key.Span, "A preset that extends another takes over its chain and has none of its own.",
                    "Put what differs under \"change:\" and new steps under \"add:\", or remove \"extends\".");
            List<PresetStep> all = parent is null ? [] : [.. parent.Steps];
            if (parent is not null && change is not null)
                new ChangeChecker(_written.Id, parent.Id, _diagnostics, _top.IsComplete).Check(
                    change, all, AddChecker.NamesIn(add));
            if (parent is not null && add is not null)
                new AddChecker(_written.Id, parent, steps, _diagnostics, _top.IsComplete).Check(add, all);
            return all;
        }

        foreach (YamlEntry? entry in (YamlEntry?[])[change, add])
        {
            if (entry is not null)
                _diagnostics.Error(
                    entry.Key.Span, $"{entry.Key.Text} alters the chain of a parent, and this preset extends none.",
                    chain is null ? "Name the parent: write \"extends: neutral\" above it."
                    : "Write it into the chain itself, or name a parent with \"extends\" in place of the chain.");
        }

        if (chain is not null)
            return new ChainChecker(steps, _diagnostics, _top.IsComplete).Check(chain);
        if (_top.IsComplete && change is null && add is null)
            _diagnostics.Error(_top.Entries.Count > 0 ? _top.Entries[0].Key.Span : SourceSpan.Beginning,
                "The preset has no chain.", "Write \"chain:\" and its steps below it, such as \"- limiter\".");
        return [];
    }

    private bool Has(string key) => _top.Find(key) is not null;

    // Where each value was written, by this file or by a parent's.
    private void NoteOrigins(Preset? parent)
    {
        foreach (PresetKey key in PresetKeys.All.Where(key => key.ValueIn is not null))
        {
            if (_top.Find(key.Name) is { } entry)
                _origins[key.Name] = Origin.At(_written.Id, entry.Value.Span);
            else if (key.IsInherited && parent?.Origins.GetValueOrDefault(key.Name) is { } origin)
                _origins[key.Name] = origin;
        }
    }

    private RenderQuality ReadQuality()
    {
        string? quality = _top.Text("quality");
        if (quality is null or "full" or "draft")
            return quality == "draft" ? RenderQuality.Draft : RenderQuality.Full;
        string nearest = NearestName.Find(quality, ["full", "draft"]) ?? "full";
        _diagnostics.Error(_top.Find("quality")!.Value.Span,
            $"quality is full or draft; {Diagnostic.Quote(quality)} is neither.", Fix.Write(nearest));
        return RenderQuality.Full;
    }
}
