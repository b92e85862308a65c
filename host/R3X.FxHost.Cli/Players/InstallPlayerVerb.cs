using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli.Players;

/// <summary><c>r3x install-player</c>: players for programs that pipe speech into one.</summary>
internal static class InstallPlayerVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "install-player",
            "Puts mpv, ffplay, aplay and paplay into a folder. What a program pipes into them is heard through a "
                + "preset, by r3x serve where it runs; any other use goes on to the real ones.",
            "r3x install-player ~/droid --preset excited",
            "PATH=~/droid:$PATH python3 assistant.py            # whatever it plays is the droid's",
            "R3X_PRESET=radio PATH=~/droid:$PATH node app.js    # another preset for one run",
            "r3x install-player ~/droid --remove");
        var folder = new Argument<string>("FOLDER") { Description = "Where to put them; made if it is not there." };
        var preset = new Option<string?>("--preset", "-p") { Description =
            "The preset they use; R3X_PRESET in the environment of a run comes before it.", HelpName = "ID or FILE" };
        var amount = new Option<string?>("--amount") { Description =
            "How much of all effects together is heard; R3X_AMOUNT comes before it.", HelpName = "PERCENT" };
        var serve = new Option<string?>("--serve") { Description = "Where r3x serve listens, or off to do without; "
            + "R3X_SERVE comes before it. Without it, http://127.0.0.1:7373.", HelpName = "ADDRESS" };
        var remove = new Option<bool>("--remove") { Description = "Take them away again." };
        var force = new Option<bool>("--force") { Description = "Write over files that have their names." };
        preset.CompletionSources.Add(_ => Suggestions.PresetIds());
        verb.Arguments.Add(folder);
        verb.Options.Add(preset);
        verb.Options.Add(amount);
        verb.Options.Add(serve);
        verb.Options.Add(remove);
        verb.Options.Add(force);
        verb.Does(parsed =>
        {
            string path = Path.GetFullPath(parsed.GetRequiredValue(folder));
            var players = new PlayerFolder(path);
            if (parsed.GetValue(remove))
            {
                Console.Out.WriteLine($"{players.Remove()} players were taken away from {path}.");
                return ExitCode.Done;
            }

            if (players.Foreign() is { Count: > 0 } foreign && !parsed.GetValue(force))
            {
                throw new UsageException(
                    $"{string.Join(", ", foreign)} would be overwritten. Choose an empty folder, or say --force.");
            }

            string? chosen = parsed.GetValue(preset);
            Check(new SpeechSelection { Preset = chosen, Amount = parsed.GetValue(amount) });
            players.Install(Variables(
                ("preset", File.Exists(chosen) ? Path.GetFullPath(chosen) : chosen),
                ("amount", parsed.GetValue(amount)),
                ("serve", parsed.GetValue(serve))));
            Console.Out.WriteLine($"{string.Join(", ", PlayerFolder.Players)} are in {path}. Put it first on PATH:");
            Console.Out.WriteLine(OperatingSystem.IsWindows()
                ? $"  set PATH={path};%PATH%" : $"  export PATH=\"{path}:$PATH\"");
            return ExitCode.Done;
        });
        return verb;
    }

    // What the players would fall back from with every line.
    private static void Check(SpeechSelection selection)
    {
        using FxHost host = FxHost.Create(new FxHostOptions { LongRunning = false });
        string[] errors = [.. host.Check(selection)
            .Where(static mistake => mistake.Severity == DiagnosticSeverity.Error).Select(CommandWords.Of)
            .Select(DiagnosticText.Format)];
        if (errors.Length > 0)
            throw new UsageException(string.Join("\n\n", errors));
    }

    // What ./r3x sets, too: a home it is started from, and a start-up that is as short.
    private static Dictionary<string, string> Variables(params (string Field, string? Value)[] said)
    {
        var variables = new Dictionary<string, string>
        {
            ["DOTNET_GCgen0size"] = "400000",
            ["DOTNET_EnableWriteXorExecute"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
        if (Environment.GetEnvironmentVariable("R3X_HOME") is { Length: > 0 } home)
            variables["R3X_HOME"] = Path.GetFullPath(home);
        foreach ((string field, string? value) in said.Where(static pair => pair.Value is not null))
            variables[PlayerSelection.Variable(field)] = value!;
        return variables;
    }
}
