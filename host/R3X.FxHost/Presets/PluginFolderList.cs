using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>What stands under <c>plugins</c> in host.yaml: paths, or groups such as <c>{ folder: ../mine, isolation:
/// process, writable: allowed }</c>.</summary>
/// <param name="Folders">The folders, as absolute paths.</param>
/// <param name="Writable">Those of them that others may write.</param>
/// <param name="Isolated">Whether the effects of a folder run in processes of their own, where that is said.</param>
internal sealed record PluginFolderList(
    IReadOnlyList<string> Folders, IReadOnlyList<string> Writable, IReadOnlyDictionary<string, bool> Isolated)
{
    private const string Example = "../plugins";
    private static readonly string[] Keys = ["folder", "isolation", "writable"];

    /// <summary>Reads the list; what is wrong with an item costs that item.</summary>
    /// <param name="top">The file.</param>
    /// <param name="usual">The folders where nothing is said, or nothing that can be used.</param>
    /// <param name="home">The folder that paths are relative to.</param>
    /// <param name="diagnostics">Told what is wrong.</param>
    public static PluginFolderList Read(
        TopLevel top, IReadOnlyList<string> usual, string home, DiagnosticBag diagnostics)
    {
        if (top.Find("plugins") is { Value: YamlSequence { Items.Count: 0 } })
            return new PluginFolderList([], [], IsolationSettings.Default.Folders);
        List<string> folders = [];
        List<string> writable = [];
        Dictionary<string, bool> isolated = [];
        foreach (YamlNode item in top.Nodes("plugins"))
        {
            TopLevel? keys = item is YamlMapping mapping ? TopLevel.Of("plugins", mapping, diagnostics) : null;
            keys?.RefuseUnknown(Keys, "A folder of plugins");
            YamlScalar? written = keys is null ? top.TextOf("plugins", item) : FolderIn(keys, item, diagnostics);
            if (written is null || HostSettingsReader.FolderOf(written, Example, home, diagnostics) is not { } folder)
                continue;
            folders.Add(folder);
            if (keys is not null && IsAllowed(keys, diagnostics))
                writable.Add(folder);
            if (keys is not null && IsolationSettingsReader.Choice(keys, "isolation", diagnostics) is { } choice)
                isolated[Path.TrimEndingDirectorySeparator(folder)] = choice;
        }

        return new PluginFolderList(
            folders.Count == 0 ? usual : folders, writable.Count == 0 ? Array.Empty<string>() : writable,
            isolated.Count == 0 ? IsolationSettings.Default.Folders : isolated);
    }

    private static YamlScalar? FolderIn(TopLevel keys, YamlNode item, DiagnosticBag diagnostics)
    {
        if (keys.Find("folder") is null)
            diagnostics.Error(item.Span, "It does not say which folder.", $"Write \"folder: {Example}\" first.");
        return keys.TextNode("folder");
    }

    private static bool IsAllowed(TopLevel keys, DiagnosticBag diagnostics)
    {
        if (keys.TextNode("writable") is not { } said)
            return false;
        if (said.Text.Trim() == "allowed")
            return true;
        diagnostics.Error(said.Span, $"writable can be allowed; {Diagnostic.Quote(said.Text)} is something else.",
            "Write \"writable: allowed\" where others than the host's user may write the folder, or leave it out.");
        return false;
    }
}
