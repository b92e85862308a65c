using System;
using System.Collections.Generic;
using System.CommandLine.Completions;
using System.IO;
using System.Linq;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Cli;

/// <summary>What a shell offers while an option is being typed. Whatever is broken offers nothing.</summary>
internal static class Suggestions
{
    public static IEnumerable<CompletionItem> PresetIds() => Safely(() =>
        Directory.EnumerateFiles(new FxHostOptions().FindPresetFolder(), "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(id => id != "host")
            .Order(StringComparer.Ordinal));

    /// <summary>Every step of the preset with each of its settings, as <c>--set</c> takes them.</summary>
    public static IEnumerable<CompletionItem> Changes(string? preset) => Safely(() =>
    {
        using FxHost host = FxHost.Create(new FxHostOptions { LongRunning = false });
        return host.Presets.Find(preset ?? host.Settings.Default).Preset?.Plan.Slots.SelectMany(ChangesOf) ?? [];
    });

    public static IEnumerable<CompletionItem> EffectIds() => Safely(() =>
    {
        using FxHost host = FxHost.Create(new FxHostOptions { LongRunning = false });
        return host.Effects.Effects.Select(effect => effect.Id);
    });

    private static IEnumerable<string> ChangesOf(SlotPlan slot) =>
        slot.Parameters.Where(parameter => parameter.Points is null)
            .Select(parameter => $"{slot.Step}.{parameter.Id}=")
            .Append($"{slot.Step}=bypass");

    private static IEnumerable<CompletionItem> Safely(Func<IEnumerable<string>> find)
    {
        try
        {
            return [.. find().Select(word => new CompletionItem(word))];
        }
        catch (Exception)
        {
            return [];
        }
    }
}
