using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Encoding;
using R3X.FxHost.Playback;
using R3X.FxHost.Speaking;

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
            "r3x demo --preset radio");
        var device = new Option<string?>("--device") { Description = "The loudspeaker: a name from r3x devices, null, or file:PATH.", HelpName = "NAME" };
        verb.Options.Add(device);
        var sound = new SoundOptions(verb);
        verb.Does(async (parsed, cancellation) =>
        {
            using FxHost host = sound.Host.Open(parsed, parsed.GetValue(device));
            SpeechSelection selection = sound.Selection(parsed, host);
            if (selection.Preset is null && !selection.IsDry)
                selection = selection with { Preset = "dj-r3x" };
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
                Messages.Warning(e.Message);
                await WriteAsync(host, selection, cancellation);
            }

            await Console.Out.WriteLineAsync("Next: r3x audition FILE, r3x render FILE -o out.wav, r3x --help");
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>The line that comes with the command.</summary>
    public static string LineFile => Path.Combine(AppContext.BaseDirectory, "demo-line.mp3");

    private static SpeechAudio Line() => SpeechAudio.FromFile(LineFile);

    private static async Task WriteAsync(FxHost host, SpeechSelection selection, CancellationToken cancellation)
    {
        using OutputFile file = OutputFile.Open(FileName);
        SpeechReport report = await host.RenderAsync(Line(), file.Stream, OutputFormat.Of(null, FileName, SampleFormat.Int16), selection with { Seed = selection.Seed ?? 0 }, cancellation);
        Messages.Of(report);
        file.Keep();
        await Console.Out.WriteLineAsync($"The droid was written to {Path.GetFullPath(FileName)} instead.");
    }
}
