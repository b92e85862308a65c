using System.CommandLine;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Importing;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets import</c>: turns the earlier program's JSON configuration into a preset.</summary>
internal static class ImportVerb
{
    public static Command Create(HostOptions host)
    {
        var verb = new Verb(
            "import",
            "Turns an audio_effects.json of the earlier program into a preset.",
            "r3x presets import audio_effects.json --name classic      # writes classic.yaml among the presets",
            "r3x presets import audio_effects.json --out classic.yaml",
            "r3x presets import audio_effects.json --out -             # prints it");
        var source = new Argument<string>("FILE") { Description = "The JSON file.", HelpName = "FILE" };
        source.NoOptions();
        var name = new Option<string?>("--name") { Description = "The preset's name; the file's when left out.",
            HelpName = "NAME" };
        var output = new Option<string?>("--out", "-o") { Description =
            "Where to write it, - for standard output; among the presets when left out.", HelpName = "FILE" };
        verb.Arguments.Add(source);
        verb.Options.Add(name);
        verb.Options.Add(output);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            string file = parsed.GetRequiredValue(source);
            string? to = parsed.GetValue(output);
            string called = parsed.GetValue(name) ?? NewPreset.IdFrom(to is null or "-" ? file : to);
            ImportedPreset imported = AudioEffectsImport.Read(
                BytesOf(file), Path.GetFileName(file), called, fx.Presets, fx.Effects);
            if (imported.Text is not { } text)
                throw new UsageException(DiagnosticText.Format(imported.Diagnostics));
            string? written = null;
            if (to == "-")
                Console.Out.Write(text);
            else
                written = Write(fx.Presets, NewPreset.IdFrom(called), to, text);
            foreach (string note in imported.Notes)
                Messages.Warning(note);
            foreach (PresetDiagnostic diagnostic in imported.Diagnostics)
                Messages.Warning(DiagnosticText.Format(diagnostic));
            if (written is not null)
                Console.Out.WriteLine(written);
            return ExitCode.Done;
        });
        return verb;
    }

    private static byte[] BytesOf(string path)
    {
        using FileStream file = InputFile.Open(path);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Write(PresetLibrary presets, string id, string? to, string text)
    {
        NewPreset made = to is null ? NewPreset.Write(presets, id, text) : NewPreset.Write(to, text);
        return made.File ?? throw new UsageException(DiagnosticText.Format(made.Diagnostics));
    }
}
