using System;
using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>Reads what host.yaml says of effects in processes of their own. What is missing or wrong keeps its
/// default.</summary>
internal static class IsolationSettingsReader
{
    private const string Example = "{ effects: { warble: process } }";

    private static readonly ValueRange Memory = new("memory", Quantity.Memory, 64, 65_536, 256);
    private static readonly ValueRange Processor = new("processor", Quantity.Percentage, 1, 100, 50);
    private static readonly string[] Keys = ["effects", Memory.Name, Processor.Name];

    /// <summary>Reads what stands under <c>isolation</c>.</summary>
    /// <param name="top">The file.</param>
    /// <param name="folders">What was said beside the folders of plugins.</param>
    /// <param name="diagnostics">Told what is wrong.</param>
    public static IsolationSettings Read(
        TopLevel top, IReadOnlyDictionary<string, bool> folders, DiagnosticBag diagnostics)
    {
        IsolationSettings settings = folders.Count == 0 ? IsolationSettings.Default
            : IsolationSettings.Default with { Folders = folders };
        if (top.Group("isolation", Example) is not { } group)
            return settings;
        group.RefuseUnknown(Keys, "Isolation");
        var effects = new Dictionary<string, bool>(StringComparer.Ordinal);
        TopLevel? named = group.Group("effects", "{ warble: process }");
        foreach (YamlEntry entry in named?.Entries ?? [])
        {
            if (Choice(named!, entry.Key.Text, diagnostics) is { } choice)
                effects[entry.Key.Text] = choice;
        }

        return settings with
        {
            Effects = effects,
            MemoryMegabytes = group.Value(Memory) ?? settings.MemoryMegabytes,
            ProcessorPercent = group.Value(Processor) ?? settings.ProcessorPercent,
        };
    }

    /// <summary>Reads whether something runs in a process of its own; null where that is not said.</summary>
    /// <param name="group">The group it stands in.</param>
    /// <param name="key">Behind which key.</param>
    /// <param name="diagnostics">Told what is wrong.</param>
    public static bool? Choice(TopLevel group, string key, DiagnosticBag diagnostics)
    {
        if (group.TextNode(key) is not { } text)
            return null;
        switch (text.Text.Trim())
        {
            case "process":
                return true;
            case "none":
                return false;
            default:
                diagnostics.Error(text.Span, $"{key} is process or none; {Diagnostic.Quote(text.Text)} is neither.",
                    "Write \"process\" for a process of its own, or \"none\" for the host's.");
                return null;
        }
    }
}
