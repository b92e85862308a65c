using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Decoding;
using R3X.FxHost.Playback;
using Spectre.Console;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x doctor</c>: what is installed, what is missing, and the line that installs it.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var verb = new Verb("doctor", "Says what is installed, what is missing and how to install it.", "r3x doctor", "r3x doctor --json");
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        verb.Options.Add(json);
        var host = new HostOptions(verb);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            DoctorRow[] rows = [.. Examine(fx)];
            if (parsed.GetValue(json))
                Json.Write(rows);
            else
                Print(rows);
            return ExitCode.Done;
        });
        return verb;
    }

    private static IEnumerable<DoctorRow> Examine(FxHost fx)
    {
        foreach (InstalledCodec codec in Decoders.InstalledCodecs())
            yield return new DoctorRow(codec.Name, codec.Purpose, codec.IsInstalled, null, codec.Install);
        foreach (NativeAudioLibrary library in NativeAudioLibraries.Probe())
            yield return new DoctorRow(library.Name, library.Purpose, library.IsPresent, library.Version is null ? library.Path : $"{library.Path} ({library.Version})", library.InstallLine);
        int effects = fx.Effects.Effects.Count;
        yield return new DoctorRow("effects", "chains", effects > 0, $"{effects} in {string.Join(", ", fx.Effects.Folders)}", "./build.sh, or --plugins FOLDER");
        int presets = fx.Presets.ReadAll().Count(listing => listing.Reading.Preset is not null);
        yield return new DoctorRow("presets", "choosing a sound", presets > 0, $"{presets} in {fx.Presets.Folder}", "--presets FOLDER");
        int devices = OutputDevices.List().Count;
        yield return new DoctorRow("loudspeaker", "r3x play, demo and audition", devices > 0, $"{devices} found", "start a sound server (PipeWire or PulseAudio), or play to --device null");
    }

    private static void Print(DoctorRow[] rows)
    {
        Table table = Listing.Table("", "what", "needed for", "found", "to have it");
        foreach (DoctorRow row in rows)
            table.AddRow(Listing.Cell(row.Present ? "ok" : "--"), Listing.Cell(row.Name), Listing.Cell(row.Purpose), Listing.Cell(row.Present ? row.Found ?? "" : "missing"), Listing.Cell(row.Present ? "" : row.Install));
        AnsiConsole.Write(table);
    }
}
