using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Exporting;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets export</c>: a preset as a program for signal processors and plugins.</summary>
internal static class ExportVerb
{
    public static Command Create(HostOptions host)
    {
        var verb = new Verb(
            "export",
            "Writes a preset's chain as a program in Faust (faust.grame.fr), from which code for signal processors, "
                + "plugins and the web is made. It sounds as quality: draft does.",
            "r3x presets export dj-r3x --as faust -o dj-r3x.dsp",
            "r3x presets export dj-r3x --as faust                     # prints it",
            "r3x presets export dj-r3x --as faust --line mine.mp3     # with the gains that line needs",
            "r3x presets export radio --as faust --without-missing    # without steps that cannot be exported",
            "faust2jaqt dj-r3x.dsp                                    # a program with knobs (docs/dsp-boards.md)");
        var preset = PresetArgument.Create("PRESET", "The preset's id, or the path of its file.");
        var form = new Option<string>("--as") { Description = "The language; there is one.", HelpName = "faust",
            Required = true };
        form.Choices("faust");
        var output = new Option<string>("--output", "-o") { Description =
            "The file to write; - is standard output, as when left out.", HelpName = "OUT",
            DefaultValueFactory = _ => "-" };
        var leavesOut = new Option<bool>("--without-missing") { Description =
            "Leave steps out whose effects cannot be exported; else there is no program." };
        var line = new Option<string?>("--line") { Description =
            "A line whose levels the two gains of the program start with; the demo's when left out.", HelpName = "IN" };
        var gains = new Option<StartingGains?>("--starting-gains") { Description =
            "These gains, such as +3.25,-1.4, as the report of a line has them.", HelpName = "GAINS",
            CustomParser = Wording.Gains };
        var seed = new Option<ulong?>("--seed") { Description =
            "What \"random\" and \"pick\" draw from; 0 when left out.", HelpName = "NUMBER",
            CustomParser = Wording.WholeNumber };
        verb.Arguments.Add(preset);
        foreach (Option option in (Option[])[form, output, leavesOut, line, gains, seed])
            verb.Options.Add(option);
        verb.Does(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(gains) is not null && parsed.GetValue(line) is not null)
                throw new UsageException(
                    "--line measures the gains that --starting-gains gives. Leave one of them out.");
            using FxHost fx = host.Open(parsed);
            string named = parsed.GetRequiredValue(preset);
            Preset chosen = fx.Get(named);
            ulong from = parsed.GetValue(seed) ?? 0;
            bool leaves = parsed.GetValue(leavesOut);
            // Before a line is measured, which takes a moment.
            Refuse(chosen, new FaustExport { LeavesOut = leaves }.Write(chosen, fx.Effects));
            StartingGains starting = parsed.GetValue(gains) ?? await MeasureAsync(
                fx, named, parsed.GetValue(line) ?? DemoVerb.LineFile, from, cancellation);
            FaustProgram program = new FaustExport { Seed = from, LeavesOut = leaves, Gains = starting }
                .Write(chosen, fx.Effects);
            await WriteAsync(program, parsed.GetRequiredValue(output), cancellation);
            foreach (MissingStep step in program.Missing)
                Messages.Warning($"Left out: {step}.");
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Refuse(Preset preset, FaustProgram program)
    {
        if (program.Refusal is { } refusal)
            throw new UsageException($"{preset.Id} cannot be exported. {refusal}");
        if (program.Text is null)
            throw new UsageException($"{preset.Id} cannot be exported whole: "
                + string.Join("; ", program.Missing)
                + ". --without-missing leaves that out.");
    }

    private static async Task<StartingGains> MeasureAsync(
        FxHost fx, string preset, string line, ulong seed, CancellationToken cancellation)
    {
        var selection = new SpeechSelection { Preset = preset, Seed = seed };
        SpeechReport report = await fx.RenderAsync(
            SpeechAudio.FromFile(line), Stream.Null, OutputFormat.Wav, selection, cancellation);
        return report.StartingGains ?? StartingGains.None;
    }

    private static async Task WriteAsync(FaustProgram program, string path, CancellationToken cancellation)
    {
        using OutputFile file = OutputFile.Open(path);
        await file.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(program.Text!), cancellation);
        file.Keep();
    }
}
