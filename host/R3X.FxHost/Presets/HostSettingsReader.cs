using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>Reads host.yaml. Nothing is thrown, whatever the file; what is wrong keeps its default. Any
/// thread.</summary>
public static class HostSettingsReader
{
    private static readonly string[] Keys =
        ["host", "default", "amount", "reference-loudness", "volume", "device", "plugins", "ducking", "cache",
            "lead-in", "serve", "isolation"];
    private static readonly ValueRange ReferenceLoudness = new("reference-loudness", Quantity.Loudness, -40, -5, -20);
    private static readonly ValueRange Volume = new("volume", Quantity.Level, -60, 0, 0);

    private static readonly ValueRange LeadIn = new("lead-in", Quantity.Time, 0, 2_000, 0);

    /// <summary>The file's name within a folder of presets.</summary>
    public const string FileName = "host.yaml";

    /// <summary>Reads the host.yaml of a folder. A missing file is one that says nothing: all defaults.</summary>
    /// <param name="folder">The folder of presets.</param>
    public static HostSettingsReading ReadFolder(string folder) =>
        new PresetStore(folder, TimeProvider.System, StableRead.Quiet).InitialSettings;

    /// <summary>Reads a host.yaml from its file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path; paths in it are relative to its folder.</param>
    /// <param name="wasThere">Whether it was there before: one that never was says nothing.</param>
    internal static HostSettingsReading Read(StableRead file, string path, bool wasThere)
    {
        string home = Path.GetDirectoryName(path)!;
        if (file.IsMissing)
            return new HostSettingsReading(Defaults(home), wasThere
                ? [Note(DiagnosticSeverity.Error, "There is no such file any more.", "Put it back.")] : []);
        if (file.WhyNot.Length > 0)
        {
            string message = $"{path} could not be read: {file.WhyNot}";
            return new HostSettingsReading(
                Defaults(home),
                [Note(DiagnosticSeverity.Error, message, "Let this user read it; until then the defaults hold.")]);
        }

        (SourceText source, DiagnosticBag diagnostics) = FileText.Decode(file.Bytes, FileName);
        return Read(source, diagnostics, home);
    }

    /// <summary>Reads the text of a host.yaml.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name, for messages.</param>
    /// <param name="folder">The folder that its paths are relative to.</param>
    internal static HostSettingsReading Read(string text, string fileName, string folder)
    {
        var source = new SourceText(fileName, text);
        return Read(source, new DiagnosticBag(source), Path.GetFullPath(folder));
    }

    private static HostSettingsReading Read(SourceText source, DiagnosticBag diagnostics, string folder)
    {
        HostSettings settings = Defaults(folder);
        YamlDocument document = YamlReader.Read(source, diagnostics, "host: 1");
        if (TopLevel.Open("host", document, diagnostics) is { } top)
        {
            top.RefuseUnknown(Keys, "host.yaml");
            PluginFolderList plugins = PluginFolderList.Read(top, settings.PluginFolders, folder, diagnostics);
            settings = new HostSettings(
                ReadDefault(top, folder, diagnostics) ?? settings.Default,
                top.ValueOrOff(ReferenceLoudness, settings.ReferenceLoudness),
                top.Value(Volume) ?? settings.Volume,
                top.Text("device") ?? settings.Device,
                plugins.Folders)
            {
                WritablePluginFolders = plugins.Writable,
                Amount = top.Setting(ChainPlan.AmountParameter),
                LeadIn = top.Value(LeadIn) ?? LeadIn.Default,
                Ducking = DuckingSettings.Read(top.Group("ducking", "{ target: -12 dB }")),
                CacheFolder = top.TextNode("cache") is { } cache
                    ? FolderOf(cache, "../cache", folder, diagnostics) : null,
                Serve = ServeSettingsReader.Read(
                    top.Group("serve", "{ port: 7373 }"), FileName, ServeSettings.Default, diagnostics),
                Isolation = IsolationSettingsReader.Read(top, plugins.Isolated, diagnostics),
            };
        }

        IReadOnlyList<PresetDiagnostic> said = diagnostics.ToList();
        if (diagnostics.HasErrors && ReadsNoDefault(document))
        {
            string message =
                $"Until it is corrected, lines that nothing else chooses for are spoken with \"{settings.Default}\".";
            said = [.. said, Note(DiagnosticSeverity.Warning, message, "Correct the file.")];
        }

        return new HostSettingsReading(settings, said);
    }

    // What a file with mistakes does not say, it may have meant to.
    private static bool ReadsNoDefault(YamlDocument document) =>
        document.Root is not YamlMapping top
        || (!document.IsComplete && !top.Entries.Any(entry => entry.Key.Text == "default"));

    /// <summary>A broken host.yaml, with what it said when it was last sound.</summary>
    internal static HostSettingsReading WithLastGood(HostSettingsReading broken, HostSettings lastGood) => new(lastGood,
    [
        .. broken.Diagnostics,
        Note(DiagnosticSeverity.Warning, "What this file said before stays in use.",
            "Correct the file; it is read again with the next line."),
    ]);

    private static PresetDiagnostic Note(DiagnosticSeverity severity, string message, string fix) =>
        LibraryDiagnostics.WithoutLine(severity, FileName, new Diagnostic(message, fix));

    /// <summary>What holds where nothing is said.</summary>
    internal static HostSettings Defaults(string folder) =>
        new("neutral", ReferenceLoudness.Default, Volume.Default, "default",
            [Path.GetFullPath(Path.Combine(folder, "..", "plugins"))]);

    private static string? ReadDefault(TopLevel top, string folder, DiagnosticBag diagnostics)
    {
        string? id = top.Text("default");
        if (id is null)
            return null;
        if (!PresetFile.IsPath(id))
        {
            WarnOfMissing(id, top.Find("default")!.Value.Span, folder, diagnostics);
            return id;
        }

        string fixedId = Path.GetFileNameWithoutExtension(id.Replace('\\', '/'));
        diagnostics.Error(
            top.Find("default")!.Value.Span, $"default is a preset's id; {Diagnostic.Quote(id)} is a path.",
            fixedId.Length > 0 ? Fix.Write(fixedId) : "Write the id alone.");
        return null;
    }

    private static void WarnOfMissing(string id, SourceSpan at, string folder, DiagnosticBag diagnostics)
    {
        string[] ids = [.. PresetFile.In(folder).Select(PresetFile.IdIn)];
        if (ids.Length > 0 && !ids.Contains(Composed.Of(id)))
        {
            diagnostics.Warning(at, new Diagnostic(
                $"There is no preset {Diagnostic.Quote(id)} beside this file, so lines that nothing else chooses for "
                    + $"are"
                + " spoken with the default before it, or the built-in chain.",
                Diagnostic.FixFor(NearestName.Find(id, ids), "There are", ids),
                DiagnosticRule.UnknownName));
        }
    }

    /// <summary>The absolute path of a folder that was written; null when it cannot be one, which has then been
    /// said.</summary>
    internal static string? FolderOf(YamlScalar written, string example, string folder, DiagnosticBag diagnostics)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(folder, written.Text.Trim()));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            diagnostics.Error(written.Span, $"{Diagnostic.Quote(written.Text)} is no path of a folder.",
                $"Write a path such as \"{example}\", relative to this file.");
            return null;
        }
    }
}
