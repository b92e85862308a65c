using System.CommandLine;
using System.IO;
using R3X.FxHost.Presets.Schema;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x presets schema</c>: the language for editors, made from the installed effects.</summary>
internal static class PresetsSchemaVerb
{
    public static Verb Create(HostOptions host)
    {
        var verb = new Verb(
            "schema",
            "Prints a JSON Schema of presets, made from the installed effects: editors complete, explain and underline "
                + "with it.",
            "r3x presets schema --write                      # into the folder of the presets",
            "r3x presets schema > preset.v1.json",
            "r3x presets schema --plugins ~/my-effects --write");
        var write = new Option<bool>("--write") { Description =
            $"Write it to {PresetSchema.FileName} in the folder of presets." };
        verb.Options.Add(write);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            string schema = PresetSchema.Build(fx.Effects);
            if (!parsed.GetValue(write))
            {
                Console.Out.Write(schema);
                return ExitCode.Done;
            }

            string path = Path.Combine(fx.Presets.Folder, PresetSchema.FileName);
            using OutputFile file = OutputFile.Open(path);
            using (var text = new StreamWriter(file.Stream, leaveOpen: true))
                text.Write(schema);
            file.Keep();
            Console.Out.WriteLine(path);
            return ExitCode.Done;
        });
        return verb;
    }
}
