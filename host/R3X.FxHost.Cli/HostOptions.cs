using System.CommandLine;

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

    public HostOptions(Command verb)
    {
        verb.Options.Add(_presets);
        verb.Options.Add(_plugins);
    }

    /// <summary>A host for one run of the command.</summary>
    public FxHost Open(ParseResult parsed, string? device = null) => FxHost.Create(new FxHostOptions
    {
        PresetFolder = parsed.GetValue(_presets),
        PluginFolders = parsed.GetValue(_plugins) ?? [],
        Device = device,
        LongRunning = false,
    });
}
