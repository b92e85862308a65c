using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Reads, checks and builds a preset. All mistakes come at once; nothing is thrown, whatever the text. Any thread.</summary>
public static class PresetReader
{
    private static readonly string[] Keys = ["preset", "name", "about", "tags", "chain", "try-with", "match-loudness", "quality"];
    private static readonly string[] LaterKeys = ["extends", "change", "add", "use-when", "priority"];
    private static readonly ValueRange MatchLoudness = new("match-loudness", Quantity.Loudness, -40, -5, -18);

    /// <summary>Reads a preset's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name or path: messages show it as it is, and its last part without the extension is the preset's id.</param>
    /// <param name="catalogue">The effects to check against; those that the preset names are loaded.</param>
    public static PresetReading Read(string text, string fileName, IEffectCatalogue catalogue)
    {
        var source = new SourceText(fileName, text);
        return Read(source, new Mistakes(source), catalogue);
    }

    /// <summary>Reads a preset's file from its bytes, which should be UTF-8.</summary>
    /// <inheritdoc cref="Read(string, string, IEffectCatalogue)"/>
    /// <param name="bytes">The file.</param>
    /// <param name="fileName">The file's name or path.</param>
    /// <param name="catalogue">The effects to check against.</param>
    public static PresetReading Read(ReadOnlySpan<byte> bytes, string fileName, IEffectCatalogue catalogue)
    {
        (SourceText source, Mistakes mistakes) = FileText.Decode(bytes, fileName);
        return source.Text.Length == 0 && mistakes.HasErrors
            ? new PresetReading(null, mistakes.ToList())
            : Read(source, mistakes, catalogue);
    }

    private static PresetReading Read(SourceText source, Mistakes mistakes, IEffectCatalogue catalogue)
    {
        YamlDocument document = YamlReader.Read(source, mistakes);
        Preset? preset = TopLevel.Open("preset", document, mistakes) is { } top
            ? Build(top, source.Name, document.IsComplete, mistakes, catalogue)
            : null;
        return new PresetReading(mistakes.HasErrors ? null : preset, mistakes.ToList());
    }

    private static Preset Build(TopLevel top, string file, bool isComplete, Mistakes mistakes, IEffectCatalogue catalogue)
    {
        string id = Path.GetFileNameWithoutExtension(file);
        top.RefuseUnknown(Keys, LaterKeys, "A preset");
        foreach (YamlEntry entry in top.Entries.Where(e => LaterKeys.Contains(e.Key.Text)))
            SayNotYet(entry, mistakes);
        string? name = top.Text("name");
        string? about = top.Text("about");
        IReadOnlyList<string> tags = top.Texts("tags");
        IReadOnlyList<string> tryWith = top.Texts("try-with");
        double? matchLoudness = top.Value(MatchLoudness);
        RenderQuality quality = ReadQuality(top, mistakes);
        IReadOnlyList<PresetStep> steps = [];
        if (top.Find("chain") is { } chain)
            steps = new ChainChecker(new EffectFinder(catalogue), mistakes, isComplete).Check(chain);
        else if (isComplete && top.Find("extends") is null)
            mistakes.Error(top.Entries.Count > 0 ? top.Entries[0].Key.Span : SourceSpan.Beginning, "The preset has no chain.", "Write \"chain:\" and its steps below it, such as \"- limiter\".");
        var plan = new ChainPlan(id, [.. steps.Where(s => !s.IsBypassed).Select(s => s.Slot)], quality) { MatchLoudness = matchLoudness };
        return new Preset(id, file, name ?? id, about ?? "", tags, steps, matchLoudness, tryWith, plan);
    }

    // Without its parent a preset would sound wrong; without its conditions it only has to be chosen by name.
    private static void SayNotYet(YamlEntry entry, Mistakes mistakes)
    {
        string key = entry.Key.Text;
        string message = $"{key} is not supported yet by this version of R3X.FxHost.";
        if (key is "use-when" or "priority")
            mistakes.Warning(entry.Key.Span, message, "Choose the preset by its name.");
        else
            mistakes.Error(entry.Key.Span, message, "Write the whole chain under \"chain:\" and remove this.");
    }

    private static RenderQuality ReadQuality(TopLevel top, Mistakes mistakes)
    {
        string? quality = top.Text("quality");
        if (quality is null or "full" or "draft")
            return quality == "draft" ? RenderQuality.Draft : RenderQuality.Full;
        string nearest = NearestName.Find(quality, ["full", "draft"]) ?? "full";
        mistakes.Error(top.Find("quality")!.Value.Span, $"quality is full or draft; {Complaint.Quote(quality)} is neither.", $"Write \"{nearest}\".");
        return RenderQuality.Full;
    }
}
