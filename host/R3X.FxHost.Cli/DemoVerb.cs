using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x demo</c>: the bundled line, first as it is, then as a droid.</summary>
internal static class DemoVerb
{
    private const string FileName = "r3x-demo.wav";

    public static Command Create()
    {
        var verb = new Verb(
            "demo",
            "Plays a line of speech as it is and then as a droid. Without a loudspeaker it writes the droid to a file.",
            "r3x demo",
            "r3x demo --preset radio",
            "r3x demo -o droid.wav        # into a file, unheard");
        var device = new Option<string?>("--device") { Description =
            "The loudspeaker: a name from r3x devices, null, or file:PATH.", HelpName = "NAME" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write the droid to this file and play nothing; - is standard output.",
            HelpName = "OUT",
        };
        verb.Options.Add(device);
        verb.Options.Add(output);
        var sound = new SoundOptions(verb);
        verb.Does(async (parsed, cancellation) =>
        {
            RenderTask? task = parsed.GetValue(output) is { } path ? TaskFor(path) : null;
            using FxHost host = sound.Host.Open(parsed, parsed.GetValue(device));
            SpeechSelection selection = sound.Selection(parsed, host);
            if (selection.Preset is null && !selection.IsDry)
                selection = selection with { Preset = "dj-r3x" };
            if (task is not null)
            {
                await WriteAsync(host, selection, task, cancellation);
                if (task.Output != "-")
                    await Console.Out.WriteLineAsync($"The droid was written to {Path.GetFullPath(task.Output)}.");
                return ExitCode.Done;
            }

            try
            {
                await Console.Out.WriteLineAsync("The line as the speech service sent it ...");
                Messages.Of(await host.ProcessAndPlayAsync(Line(), SpeechSelection.WithoutEffects, cancellation));
                await Console.Out.WriteLineAsync($"... and with the preset \"{selection.Preset ?? "dry"}\".");
                SpeechReport report = await host.ProcessAndPlayAsync(Line(), selection, cancellation);
                Messages.Of(report);
                await Console.Out.WriteLineAsync($"Added latency: {report.AddedLatencyP99.TotalMilliseconds:F1} ms.");
            }
            catch (DeviceException e)
            {
                Messages.Warning(CommandWords.Of(e.Message));
                await WriteAsync(host, selection, TaskFor(FileName), cancellation);
                await Console.Out.WriteLineAsync($"The droid was written to {Path.GetFullPath(FileName)} instead.");
            }

            await Console.Out.WriteLineAsync("Next: r3x audition FILE, r3x render FILE -o out.wav, r3x --help");
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>The line that comes with the command.</summary>
    public static string LineFile => Path.Combine(AppContext.BaseDirectory, "demo-line.mp3");

    private static SpeechAudio Line() => SpeechAudio.FromFile(LineFile);

    private static RenderTask TaskFor(string path) => RenderPlan.Of([LineFile], path, null, null, []).Tasks[0];

    private static async Task WriteAsync(
        FxHost host, SpeechSelection selection, RenderTask task, CancellationToken cancellation)
    {
        using OutputFile file = OutputFile.Open(task.Output);
        selection = selection with { Seed = selection.Seed ?? 0 };
        SpeechReport report = await host.RenderAsync(Line(), file.Stream, task.Format, selection, cancellation);
        Messages.Of(report);
        file.Keep();
    }
}
