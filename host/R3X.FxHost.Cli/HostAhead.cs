using System;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>
/// Opens the usual host, and loads its preset's effects, on another core while the command line is still being taken
/// apart, which takes as long; then has the effects compiled while the line is being read. A guess: what was done for
/// nothing is not waited for.
/// </summary>
internal static class HostAhead
{
    private static Task<FxHost>? s_host;

    /// <summary>Begins, when the words of the command line look like a line to be rendered.</summary>
    public static void Begin(string[] arguments)
    {
        if (Environment.ProcessorCount > 1 && arguments.Length > 1 && arguments[0] == "render"
            && !Array.Exists(arguments, AsksForAnother))
        {
            var selection = new SpeechSelection { Preset = PresetIn(arguments),
                IsDry = Array.IndexOf(arguments, "--dry") >= 0 };
            s_host = Task.Run(() => Open(selection));
            s_host.ContinueWith(opened => opened.Result.WarmUp(selection), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    /// <summary>The host, once; null when none was begun.</summary>
    public static FxHost? Take()
    {
        Task<FxHost>? host = s_host;
        s_host = null;
        return host?.GetAwaiter().GetResult();
    }

    private static FxHost Open(SpeechSelection selection)
    {
        var host = FxHost.Create(new FxHostOptions { LongRunning = false, QueueCapacity = int.MaxValue });
        // What is wrong with it is said when the line asks again; what is right is known then.
        host.Check(selection);
        return host;
    }

    private static bool AsksForAnother(string word) =>
        word is "-h" or "-?" or "--help" || word.StartsWith("--presets", StringComparison.Ordinal)
            || word.StartsWith("--plugins", StringComparison.Ordinal)
            || word.StartsWith("--with", StringComparison.Ordinal);

    private static string? PresetIn(string[] arguments)
    {
        int option = Array.FindIndex(arguments, word => word is "-p" or "--preset");
        return option >= 0 && option + 1 < arguments.Length ? arguments[option + 1] : null;
    }
}
