using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;

namespace R3X.FxHost;

/// <summary>Where presets and effects are found, and what a host that finds none says when it is made.</summary>
internal static class HostFolders
{
    /// <summary>The folder of presets that comes with a program, or that of the checkout it runs in.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string FindPresets() => Find("presets", HoldsPresets) ?? throw new DirectoryNotFoundException(
        $"No folder \"presets\" with *.yaml files was found from {string.Join(" or ", Starts())} upwards. "
        + $"{TravelAdvice} Or name one in FxHostOptions.PresetFolder.");

    /// <summary>A folder that was named, if a host can be made from it.</summary>
    /// <param name="named">What the options say.</param>
    /// <exception cref="DirectoryNotFoundException">It is not there.</exception>
    public static string Named(string named)
    {
        string folder = Path.GetFullPath(named);
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException(
                $"The folder of presets {folder} is not there. FxHostOptions.PresetFolder names it: correct it, or "
                + "leave it out to take the presets that come with the program.");
    }

    /// <summary>Reads host.yaml and finds the effects.</summary>
    /// <param name="presets">The folder of presets.</param>
    /// <param name="options">What the program says.</param>
    /// <exception cref="DirectoryNotFoundException">A folder that the program names is not there.</exception>
    /// <exception cref="FileNotFoundException">There are no presets, or no effects.</exception>
    public static (PresetStore Presets, EffectCatalogue Effects) Read(string presets, FxHostOptions options)
    {
        PluginLoadMode mode = options.LongRunning ? PluginLoadMode.Shadow : PluginLoadMode.FromFile;
        // host.yaml is read meanwhile, which takes as long. Mostly it names the usual folder, or none.
        string[] usual = EffectFolders(HostSettingsReader.Defaults(presets), options);
        var isolation = new HostIsolation(
            options.Isolation, Find("plugins", Directory.Exists),
            new TrustedPlugins(options.StateFolder ?? HostState.UsersFolder));
        string[] usuallyWritable = WritableFolders(HostSettingsReader.Defaults(presets), options);
        Task<EffectCatalogue> search = Task.Run(
            () => EffectCatalogue.Discover(usual, mode, usuallyWritable, isolation));
        var store = new PresetStore(presets, TimeProvider.System, StableRead.Quiet);
        HostSettings settings = store.InitialSettings.Settings;
        string[] folders = EffectFolders(settings, options);
        EffectCatalogue effects = folders.AsSpan().SequenceEqual(usual) && settings.WritablePluginFolders.Count == 0
            ? search.GetAwaiter().GetResult()
            : EffectCatalogue.Discover(folders, mode, WritableFolders(settings, options), isolation);
        isolation.Settings = settings.Isolation;
        Check(presets, effects);
        return (store, effects);
    }

    // Where none of the folders that host.yaml names is there, it is the one that comes with the program: a folder of
    // one's own presets need not bring its own effects.
    private static string[] EffectFolders(HostSettings settings, FxHostOptions options)
    {
        foreach (string folder in options.PluginFolders)
        {
            if (!Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException(
                    $"The folder of effects {Path.GetFullPath(folder)} is not there. FxHostOptions.PluginFolders "
                    + "names it: correct it, or leave it out.");
            }
        }

        bool areThere = settings.PluginFolders.Count == 0 || settings.PluginFolders.Any(Directory.Exists);
        string[] own = areThere || Find("plugins", Directory.Exists) is not { } found ? [] : [found];
        return [.. settings.PluginFolders, .. own, .. options.PluginFolders];
    }

    // The folder that comes with the program is as safe as the program, whoever may write both.
    private static string[] WritableFolders(HostSettings settings, FxHostOptions options) =>
    [
        .. settings.WritablePluginFolders, .. options.WritablePluginFolders,
        .. Find("plugins", Directory.Exists) is { } own ? [own] : Array.Empty<string>(),
    ];

    // Without presets or effects every line would be left as it came.
    private static void Check(string presets, EffectCatalogue effects)
    {
        if (!HoldsPresets(presets) && !File.Exists(Path.Combine(presets, HostSettingsReader.FileName)))
        {
            throw new FileNotFoundException(
                $"There is neither a preset (*.yaml) nor host.yaml in {presets}. Put one there, or leave out "
                + "FxHostOptions.PresetFolder to take the presets that come with the program.");
        }

        if (effects.Effects.Count == 0)
        {
            string refused = effects.Refused.FirstOrDefault(plugin => File.Exists(plugin.File)) is { } first
                ? $" {first.File} was refused: {first.Reason} {first.Fix}"
                : "";
            string folders = string.Join(", ", effects.Folders.DefaultIfEmpty("the folders of host.yaml (none)"));
            throw new FileNotFoundException(
                $"There is no effect in {folders}, so every line would be left as it came.{refused} {TravelAdvice} "
                + "Or name a folder of effects in FxHostOptions.PluginFolders or behind plugins: in host.yaml.");
        }
    }

    private static string TravelAdvice =>
        "Presets and effects are copied beside a program that references R3X.FxHost when it is built or published: "
        + "copy its whole folder. In a checkout, build the effects first (./build.sh).";

    private static bool HoldsPresets(string folder) => PresetFile.In(folder).Count > 0;

    private static string? Find(string name, Func<string, bool> isIt) =>
        Starts().SelectMany(Upwards).Select(folder => Path.Combine(folder, name)).FirstOrDefault(isIt);

    // A program in one file that unpacks itself has its base directory elsewhere than its folder.
    private static IEnumerable<string> Starts()
    {
        if (Environment.GetEnvironmentVariable("R3X_HOME") is { Length: > 0 } home)
            return [Path.GetFullPath(home)];
        string? program = Path.GetDirectoryName(Environment.ProcessPath);
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return program is null || program == own ? [own] : [own, program];
    }

    private static IEnumerable<string> Upwards(string start)
    {
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}
