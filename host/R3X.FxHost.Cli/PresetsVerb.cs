using System.CommandLine;
using System.Linq;
using R3X.FxHost.Cli.PresetFiles;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x presets</c>: the presets there are, and what is wrong with those that cannot be used.</summary>
internal static class PresetsVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "presets",
            "Lists the presets, and what is wrong with those that cannot be used.",
            "r3x presets",
            "r3x presets --presets ~/my-presets",
            "r3x presets --json",
            "r3x presets show excited              # a preset's values and who wrote them",
            "r3x presets set excited comb.mix 40%",
            "r3x presets check                    # everything that is wrong with them",
            "r3x presets why --mood excited       # which one a line would get, and why");
        var json = new Option<bool>("--json") { Description = "Print JSON.", Recursive = true };
        verb.Options.Add(json);
        var host = new HostOptions(verb);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            PresetListing[] readings = [.. fx.Presets.ReadAll()];
            if (parsed.GetValue(json))
                Json.Write(readings.Select(Row).ToArray());
            else
                Print(readings, fx.Settings.Default);
            return ExitCode.Done;
        });
        verb.Subcommands.Add(PresetsCheckVerb.Create(json, host));
        verb.Subcommands.Add(PresetsWhyVerb.Create(json, host));
        verb.Subcommands.Add(PresetsSchemaVerb.Create(host));
        verb.Subcommands.Add(ShowVerb.Create(json, host));
        verb.Subcommands.Add(DiffVerb.Create(json, host));
        verb.Subcommands.Add(SetVerb.Create(json, host));
        verb.Subcommands.Add(NewVerb.Create(host));
        verb.Subcommands.Add(ImportVerb.Create(host));
        verb.Subcommands.Add(UpgradeVerb.Create(host));
        verb.Subcommands.Add(ExportVerb.Create(host));
        return verb;
    }

    private static PresetRow Row(PresetListing listing) => new(
        listing.Id,
        listing.Reading.Preset?.Name,
        listing.Reading.Preset?.About,
        listing.File,
        listing.Reading.Preset is null ? [] : [.. listing.Reading.Preset.Plan.Slots.Select(slot => slot.Step)],
        [.. listing.Reading.Diagnostics.Select(DiagnosticText.Format)]);

    private static void Print(PresetListing[] readings, string defaultPreset)
    {
        var table = new Listing("id", "name", "about", "steps");
        foreach (PresetListing reading in readings)
        {
            string id = reading.Id == defaultPreset ? reading.Id + " (default)" : reading.Id;
            if (reading.Reading.Preset is { } preset)
                table.Add(
                    id, preset.Name, preset.About, string.Join(", ", preset.Plan.Slots.Select(slot => slot.Step)));
            else
                table.Add(id, "(cannot be used)", "see below", "");
        }

        table.Write();
        foreach (PresetDiagnostic diagnostic in readings.SelectMany(reading => reading.Reading.Diagnostics))
            Console.Out.WriteLine(DiagnosticText.Format(diagnostic) + "\n");
    }
}
