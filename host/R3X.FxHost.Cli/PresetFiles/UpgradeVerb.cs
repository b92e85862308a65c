using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets upgrade</c>: brings presets of an older language version up to this one.</summary>
internal static class UpgradeVerb
{
    public static Command Create(HostOptions host)
    {
        var verb = new Verb(
            "upgrade",
            "Shows what would change in presets of an older language version (\"preset: 1\" in their first line says "
                + "which); --write changes it.",
            "r3x presets upgrade                     # all presets, as a diff",
            "r3x presets upgrade --write",
            "r3x presets upgrade mine.yaml --write");
        var files = new Argument<string[]>("FILES") { Description = "Preset files; all presets when left out.",
            HelpName = "FILES", Arity = ArgumentArity.ZeroOrMore };
        files.NoOptions();
        var write = new Option<bool>("--write") { Description = "Change the files." };
        verb.Arguments.Add(files);
        verb.Options.Add(write);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            string[] named = parsed.GetValue(files) ?? [];
            string[] paths = named.Length > 0
                ? named : [.. fx.Presets.ListIds().Select(id => Path.Combine(fx.Presets.Folder, id + ".yaml"))];
            return Upgrade([.. paths.Select(path =>
                PresetUpgrade.Of(path, named.Length > 0 ? path : Path.GetFileName(path)))], parsed.GetValue(write));
        });
        return verb;
    }

    private static int Upgrade(IReadOnlyList<PresetUpgrade> upgrades, bool write)
    {
        int changed = 0;
        int exitCode = ExitCode.Done;
        foreach (PresetUpgrade upgrade in upgrades)
        {
            foreach (PresetDiagnostic diagnostic in upgrade.Diagnostics)
                Messages.Error(DiagnosticText.Format(diagnostic));
            if (upgrade.Diagnostics.Count > 0)
                exitCode = ExitCode.WrongUsage;
            if (!upgrade.IsNeeded)
                continue;
            changed++;
            Console.Out.Write(TextDiff.Of(upgrade.Before, upgrade.After, upgrade.ShownName));
            if (write && !upgrade.Write())
                throw new IOException($"{upgrade.ShownName} was changed by someone else meanwhile and left alone. Run "
                    + $"the command again.");
        }

        string version = string.Create(null, $"version {PresetUpgrade.CurrentVersion}");
        string what = changed == 1 ? "1 preset" : string.Create(null, $"{changed} presets");
        Console.Error.WriteLine(
            changed == 0 ? (exitCode == ExitCode.Done
                ? $"All are of {version} already." : $"None was changed; the others are of {version} already.")
            : write ? $"{what} brought to {version}."
            : $"{what} to bring to {version}; --write does it.");
        return exitCode;
    }
}
