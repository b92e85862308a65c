using System.CommandLine;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets set</c>: changes one value in a preset's file and leaves the rest of the file as it
/// is.</summary>
internal static class SetVerb
{
    public static Command Create(Option<bool> json, HostOptions host)
    {
        var verb = new Verb(
            "set",
            "Changes one value in a preset's file. Notes, order, quotes and line endings stay as they are.",
            "r3x presets set excited comb.mix 40%",
            "r3x presets set excited comb.mix wobble 20% to 40% at 1 Hz",
            "r3x presets set excited comb bypass                 # switch a step off; \"on\" switches it on",
            "r3x presets set excited match-loudness -18 LUFS     # also: name, about, priority, quality",
            "r3x presets set excited amount 70%                  # all effects together, at 70 % of what is written",
            "r3x presets set ./mine.yaml eq.presence 4 kHz",
            "r3x presets set ./mine.yaml \"curve.1.25 kHz\" 8 dB      # a point of a curve");
        var preset = PresetArgument.Create("PRESET", "The preset's id, or the path of its file.");
        var path = new Argument<string>("WHAT")
        {
            Description = $"STEP.SETTING, a STEP, or {string.Join(", ", PresetKeys.Settable)}.",
            HelpName = "WHAT",
        };
        var value = new Argument<string[]>("VALUE") { Description = "The value with its unit; quotes are not needed.",
            HelpName = "VALUE", Arity = ArgumentArity.OneOrMore };
        var hash = new Option<string?>("--hash") { Description = "Refuse when the file has another hash than this one, "
            + "which \"presets show --json\" prints.", HelpName = "HASH" };
        verb.Arguments.Add(preset);
        verb.Arguments.Add(path);
        verb.Arguments.Add(value);
        verb.Options.Add(hash);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            string id = parsed.GetRequiredValue(preset);
            string what = parsed.GetRequiredValue(path);
            var editor = new PresetEditor(fx.Presets);
            string? expected = parsed.GetValue(hash) ?? editor.HashOf(id);
            PresetEdit edit = editor.Set(id, what, string.Join(' ', parsed.GetRequiredValue(value)), expected);
            if (parsed.GetValue(json))
                Json.Write(edit);
            else
                Say(edit, what);
            return ExitCodeOf(edit.Outcome);
        });
        return verb;
    }

    private static void Say(PresetEdit edit, string what)
    {
        string place = string.Create(null, $"{Path.GetFileName(edit.File)}:{edit.Line}");
        switch (edit.Outcome)
        {
            case PresetEditOutcome.Written:
                string before = edit.Before is null ? "" : $"; it was {Said(edit.Before)}";
                Console.Out.WriteLine($"{place}: {what} is now {Said(edit.After)}{before}.");
                foreach (PresetDiagnostic diagnostic in edit.Diagnostics)
                    Messages.Warning(DiagnosticText.Format(diagnostic));
                break;
            case PresetEditOutcome.Unchanged:
                Console.Out.WriteLine(
                    $"{(edit.Line > 0 ? place : Path.GetFileName(edit.File))}: {what} is {Said(edit.After)} already.");
                break;
            default:
                Messages.Error(
                    DiagnosticText.Format(edit.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
                break;
        }
    }

    private static string Said(string? value) => value == "bypass" ? "bypassed" : value ?? "";

    private static int ExitCodeOf(PresetEditOutcome outcome) => outcome switch
    {
        PresetEditOutcome.Written or PresetEditOutcome.Unchanged => ExitCode.Done,
        PresetEditOutcome.Stale => ExitCode.Failed,
        _ => ExitCode.WrongUsage,
    };
}
