using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Cli.Service;
using R3X.FxHost.Decoding;
using R3X.FxHost.Playback;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x doctor</c>: what is installed, what is missing, and the line that installs it.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var verb = new Verb("doctor", "Says what is installed, what is missing and how to install it.", "r3x doctor",
            "r3x doctor --json",
            "r3x doctor --service                    # is r3x serve a service as it should be?",
            "r3x doctor --service deploy/r3x.service # the same of a unit before it is installed");
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var service = new Option<string?>("--service")
        {
            Description = "Look at r3x serve as a service of systemd instead: its unit, user, settings, port and "
                + "loudspeaker. The exit code is 1 where something is wrong.",
            HelpName = "UNIT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        verb.Options.Add(json);
        verb.Options.Add(service);
        var host = new HostOptions(verb);
        verb.Does(parsed =>
        {
            if (parsed.GetResult(service) is not null)
                return Print([.. ServiceDoctor.Examine(parsed.GetValue(service))], parsed.GetValue(json));
            DoctorRow[] rows = [.. ExamineSystem(), .. ExamineHost(host, parsed), Loudspeaker()];
            if (parsed.GetValue(json))
                Json.Write(Array.ConvertAll(rows, row => row.Present ? row : row with { Found = null }));
            else
                Print(rows);
            return ExitCode.Done;
        });
        return verb;
    }

    private static IEnumerable<DoctorRow> ExamineSystem()
    {
        NativeAudioLibrary[] libraries = [.. NativeAudioLibraries.Probe()];
        IReadOnlyList<InstalledCodec> codecs = Decoders.InstalledCodecs();
        foreach (InstalledCodec codec in codecs)
        {
            NativeAudioLibrary? library = Array.Find(libraries, library => library.Name == codec.Name);
            string? where = library is null ? "on the PATH" : Where(library);
            yield return new DoctorRow(
                codec.Name, codec.Purpose, codec.IsInstalled, where, codec.Install, codec.IsOptional);
        }

        foreach (
            NativeAudioLibrary library in libraries.Where(library => codecs.All(codec => codec.Name != library.Name)))
            yield return new DoctorRow(
                library.Name, library.Purpose, library.IsPresent, Where(library), library.InstallLine);
    }

    private static DoctorRow[] ExamineHost(HostOptions options, ParseResult parsed)
    {
        try
        {
            using FxHost fx = options.Open(parsed);
            int effects = fx.Effects.Effects.Count;
            int presets = fx.Presets.ReadAll().Count(listing => listing.Reading.Preset is not null);
            return
            [
                Effects(
                    effects > 0,
                    $"{effects} in {string.Join(", ", fx.Effects.Folders)}",
                    "./build.sh, or --plugins FOLDER"),
                Presets(presets > 0, $"{presets} in {fx.Presets.Folder}", "--presets FOLDER"),
            ];
        }
        catch (NothingFoundException e)
        {
            return [Effects(false, null, e.Message), Presets(false, null, e.Message)];
        }
    }

    private static DoctorRow Effects(bool present, string? found, string install) =>
        new("effects", "every preset", present, found, install);

    private static DoctorRow Presets(bool present, string? found, string install) =>
        new("presets", "choosing a sound", present, found, install);

    private static DoctorRow Loudspeaker()
    {
        int devices = OutputDevices.List().Count;
        return new DoctorRow(
            "loudspeaker",
            "play, demo and audition",
            devices > 0,
            $"{devices}; r3x devices lists them",
            OperatingSystem.IsWindows()
                ? "plug one in, or enable one: Settings, System, Sound; render works without"
                : "start a sound server (PipeWire or PulseAudio); render works without");
    }

    private static string? Where(NativeAudioLibrary library) =>
        library.Version is null ? library.Path : $"{library.Path} ({library.Version})";

    private static int Print(ServiceRow[] rows, bool json)
    {
        if (json)
        {
            Json.Write(rows);
        }
        else
        {
            var table = new Listing("", "what", "found", "to mend it");
            foreach (ServiceRow row in rows)
                table.Add(row.Well ? "ok" : "--", row.Name, row.Found, row.Fix);
            table.Write();
            string[] wrong = [.. rows.Where(static row => !row.Well).Select(static row => row.Name)];
            Console.Out.WriteLine(wrong.Length == 0 ? "The service is as it should be."
                : $"To mend: {string.Join(", ", wrong)}.");
        }

        return rows.All(static row => row.Well) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Print(DoctorRow[] rows)
    {
        var table = new Listing("", "what", "needed for", "found", "to have it");
        foreach (DoctorRow row in rows)
            table.Add(row.Present ? "ok" : "--", row.Name, row.Purpose, row.Present
                ? row.Found ?? "" : row.Optional ? "not installed" : "missing", row.Present ? "" : row.Install);
        table.Write();
        string[] missing = [.. rows.Where(row => !row.Present && !row.Optional).Select(row => row.Name)];
        Console.Out.WriteLine(missing.Length == 0 ? "Nothing is missing." : $"Missing: {string.Join(", ", missing)}.");
    }
}
