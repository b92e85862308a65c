using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using R3X.FxHost.Cli.Projects;
using R3X.FxHost.Playback;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary>The options that say where presets, effects and the loudspeaker are.</summary>
internal sealed class HostOptions
{
    private readonly Option<string?> _presets = new("--presets")
    {
        Description = "The folder of presets and host.yaml.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    private readonly Option<string[]> _plugins = new("--plugins")
    {
        Description = "A further folder to search for effects. May be repeated.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    private readonly WithOption? _with;
    private readonly bool _takesList;

    /// <param name="verb">The verb.</param>
    /// <param name="with">The effects under development that it adds; null where it adds none.</param>
    /// <param name="takesList">Whether --presets may also be a list of presets, with commas.</param>
    public HostOptions(Command verb, WithOption? with = null, bool takesList = false)
    {
        _with = with;
        _takesList = takesList;
        if (takesList)
        {
            _presets.Description = "Several presets, with commas; or, as for every verb, the folder of presets and "
                + "host.yaml.";
            _presets.HelpName = "A,B,... or FOLDER";
        }

        verb.Options.Add(_presets);
        verb.Options.Add(_plugins);
    }

    /// <summary>A host for one run of the command. What is wrong with host.yaml is said, and costs nothing
    /// else.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="device">The loudspeaker's name; null takes what host.yaml says.</param>
    /// <param name="saysSettings">Whether what is wrong with host.yaml is said here.</param>
    /// <param name="openDevice">Opens a loudspeaker of the verb's own; null for the one that is named.</param>
    /// <param name="longRunning">Whether the verb goes on while plugins are being replaced; it starts later.</param>
    /// <exception cref="UsageException">A folder that was named is not there.</exception>
    /// <exception cref="NothingFoundException">There are no presets, or no effects.</exception>
    public FxHost Open(
        ParseResult parsed, string? device = null, bool saysSettings = true, Func<IOutputDevice>? openDevice = null,
        bool longRunning = false)
    {
        string? presets = List(parsed) is null ? parsed.GetValue(_presets) : null;
        string[] plugins = parsed.GetValue(_plugins) ?? [];
        foreach (string folder in plugins)
            MustExist("--plugins", folder);
        string[] ofOwn = [.. _with?.Folders(parsed) ?? []];
        plugins = [.. ofOwn, .. plugins];
        if (presets is not null)
        {
            MustExist("--presets", presets, _takesList ? $" One preset is --preset {presets}." : "");
            // A folder of one's own presets need not bring its own effects.
            plugins = [.. plugins, .. InstalledEffects()];
        }

        FxHost.SurvivePluginThreads(Messages.Warning);
        bool isUsual = presets is null && plugins.Length == 0 && device is null && !longRunning;
        var options = new FxHostOptions
        {
            PresetFolder = presets,
            PluginFolders = plugins,
            Device = device,
            OpenDevice = openDevice,
            // What is under development may be built again while it sounds: it is loaded from a copy.
            LongRunning = longRunning || ofOwn.Length > 0,
            // As many as a command line names.
            QueueCapacity = int.MaxValue,
        };
        FxHost host = Created(() => (isUsual ? HostAhead.Take() : null) ?? FxHost.Create(options));
        foreach (PresetDiagnostic diagnostic in saysSettings ? host.SettingsDiagnostics : [])
            Messages.Warning(DiagnosticText.Format(diagnostic));
        return host;
    }

    /// <summary>The presets that --presets lists; null where it lists none.</summary>
    public string? List(ParseResult parsed) =>
        _takesList && parsed.GetValue(_presets) is { } said && said.Contains(',', StringComparison.Ordinal)
        && !Directory.Exists(said) ? said : null;

    /// <summary>The options as they would be typed from another folder.</summary>
    public IEnumerable<string> Words(ParseResult parsed)
    {
        if (parsed.GetValue(_presets) is { } presets)
            yield return "--presets=" + Path.GetFullPath(presets);
        foreach (string folder in parsed.GetValue(_plugins) ?? [])
            yield return "--plugins=" + Path.GetFullPath(folder);
    }

    private static FxHost Created(Func<FxHost> create)
    {
        try
        {
            return create();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            throw new NothingFoundException(
                $"{e.Message} At the command line these are --presets FOLDER and --plugins FOLDER.");
        }
    }

    private static string[] InstalledEffects()
    {
        try
        {
            string folder = Path.GetFullPath(Path.Combine(new FxHostOptions().FindPresetFolder(), "..", "plugins"));
            return Directory.Exists(folder) ? [folder] : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static void MustExist(string option, string folder, string besides = "")
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"{option} {folder}: there is no such folder. Check the path.{besides}");
    }
}
