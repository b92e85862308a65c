using System.CommandLine;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets show</c>: every value of a preset, and who wrote it.</summary>
internal static class ShowVerb
{
    public static Command Create(Option<bool> json, HostOptions host)
    {
        var verb = new Verb("show",
            "Shows every value of a preset and where it comes from: the preset's own file, a parent's, or the default.",
            "r3x presets show excited", "r3x presets show ./mine.yaml", "r3x presets show excited --json");
        var id = PresetArgument.Create("PRESET", "The preset's id, or the path of its file.");
        verb.Arguments.Add(id);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            string named = parsed.GetRequiredValue(id);
            Preset preset = fx.Get(named);
            ShownPreset shown = ShownPreset.Of(preset, new PresetEditor(fx.Presets).HashOf(named));
            if (parsed.GetValue(json))
                Json.Write(shown);
            else
                Print(shown);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(ShownPreset preset)
    {
        Console.Out.WriteLine($"{preset.Name} ({preset.Id}): {preset.File}");
        var table = new Listing("what", "value", "from", "where");
        foreach (ShownValue value in preset.Values)
            table.Add(value.Path, value.Value, value.From, value.Preset is null
                ? "" : string.Create(null, $"{value.Preset}.yaml:{value.Line}"));
        table.Write();
    }
}
