using System;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>
/// Opens the usual host, and loads its preset's effects, on another core while the command line is still being taken apart, which takes as
/// long. A guess: what was opened for nothing is not waited for.
/// </summary>
internal static class HostAhead
{
    private static Task<FxHost>? s_host;

    /// <summary>Begins, when the words of the command line look like a line to be rendered.</summary>
    public static void Begin(string[] arguments)
    {
        if (Environment.ProcessorCount > 1 && arguments.Length > 1 && arguments[0] == "render" && !Array.Exists(arguments, AsksForAnother))
            s_host = Task.Run(() => Open(PresetIn(arguments), Array.IndexOf(arguments, "--dry") >= 0));
    }

    /// <summary>The host, once; null when none was begun.</summary>
    public static FxHost? Take()
    {
        Task<FxHost>? host = s_host;
        s_host = null;
        return host?.GetAwaiter().GetResult();
    }

    private static FxHost Open(string? preset, bool isDry)
    {
        var host = FxHost.Create(new FxHostOptions { LongRunning = false });
        // What is wrong with it is said when the line asks again; what is right is known then.
        host.Check(new SpeechSelection { Preset = preset, IsDry = isDry });
        return host;
    }

    private static bool AsksForAnother(string word) =>
        word is "-h" or "-?" or "--help" || word.StartsWith("--presets", StringComparison.Ordinal) || word.StartsWith("--plugins", StringComparison.Ordinal);

    private static string? PresetIn(string[] arguments)
    {
        int option = Array.FindIndex(arguments, word => word is "-p" or "--preset");
        return option >= 0 && option + 1 < arguments.Length ? arguments[option + 1] : null;
    }
}
