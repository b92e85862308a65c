using System;
using System.CommandLine;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x studio</c>: <c>r3x serve</c> with its studio, which the desktop's browser opens.</summary>
internal static class StudioVerb
{
    public const string Name = "studio";

    private const string NoBrowser = "--no-browser";

    /// <summary>The verb as help and completion know it; <see cref="Run"/> is what it does.</summary>
    public static Command Create()
    {
        var verb = new Verb(
            Name,
            "Opens the studio: a page on which presets are shaped by ear, while a line sounds.",
            "r3x studio                             # prints the page's address, and opens it",
            "r3x studio --presets ~/my-presets",
            "r3x studio --port 0 --wyoming-port off # beside a server that runs",
            "r3x studio --no-browser                # prints the address alone: over ssh -L 7373:127.0.0.1:7373",
            "r3x serve --help                       # more options: all of them can be given here, too");
        verb.Options.Add(new Option<bool>(NoBrowser) { Description = "Do not open a browser." });
        verb.Options.Add(Of("--port", "PORT", "The port of the page; 7373 unless changed, 0 takes a free one."));
        verb.Options.Add(Of("--presets", "FOLDER", "The folder of presets and host.yaml."));
        verb.Options.Add(Of(
            "--plugins", "FOLDER", "A further folder to search for effects. May be repeated."));
        verb.Options.Add(Of("--device", "NAME", "The loudspeaker: a name from r3x devices, null, or file:PATH."));
        verb.Options.Add(Of("--wyoming-port", "PORT", "The port of the Wyoming protocol; off for none."));
        return verb;
    }

    /// <summary>Whether the verb's help is asked for, which this program prints itself.</summary>
    public static bool AsksForHelp(ReadOnlySpan<string> arguments) => arguments.ContainsAny("--help", "-h", "-?");

    /// <summary>Runs the server with everything that stands behind the verb.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        string[] given = Array.FindAll(arguments.ToArray(), static argument => argument != NoBrowser);
        return ServeVerb.Run(given.Length < arguments.Length
            ? ["--studio", .. given] : ["--studio", "--open-browser", .. given]);
    }

    private static Option<string[]> Of(string name, string value, string about) =>
        new(name) { Description = about, HelpName = value };
}
