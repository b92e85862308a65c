using System;
using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using R3X.FxHost.Sinks;

namespace R3X.FxHost.Cli.Sinks;

/// <summary><c>r3x sink</c>: a virtual loudspeaker; what plays on it is heard through a preset on the real
/// one.</summary>
[SuppressMessage("Reliability", "CA2025", Justification = "The task has ended before the sink is disposed.")]
internal static class SinkVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "sink",
            "Makes a virtual loudspeaker on PulseAudio or PipeWire: what programs play on it is heard through a preset "
                + "on the real one, until Ctrl-C. Saved presets are heard at once; lines on standard input change the "
                + "sound while it runs: a preset's name, mood NAME, amount 60%, or dry.",
            "r3x sink --preset excited                         # then send programs there:",
            "PULSE_SINK=r3x mpv song.mp3                       # one program",
            "pactl set-default-sink r3x                        # every program",
            "r3x sink --device headphones --buffer 20          # heard on these; less delay, on a quick machine",
            "r3x sink --name rex --report                      # say at the end how late it was");
        var name = new Option<string>("--name") { Description = "The virtual loudspeaker's name.", HelpName = "NAME",
            DefaultValueFactory = static _ => VirtualSink.UsualName };
        var device = new Option<string?>("--device") { Description =
            "The real loudspeaker: a name from r3x devices, null, or file:PATH.", HelpName = "NAME" };
        var buffer = new Option<double?>("--buffer") { Description = string.Create(CultureInfo.InvariantCulture,
            $"How much is made before the real loudspeaker plays it, {VirtualSink.MinimumBufferMilliseconds} to ")
            + string.Create(CultureInfo.InvariantCulture, $"{VirtualSink.MaximumBufferMilliseconds} ms; ")
            + string.Create(CultureInfo.InvariantCulture, $"{VirtualSink.UsualBufferMilliseconds} unless told ")
            + "otherwise. Most of the delay; less of it breaks up on a busy machine.",
            HelpName = "MS", CustomParser = Wording.Number };
        var report = new Option<bool>("--report") { Description =
            "Say at the end how late the sound was, and how often it broke up." };
        verb.Options.Add(name);
        verb.Options.Add(device);
        verb.Options.Add(buffer);
        verb.Options.Add(report);
        var sound = new SoundOptions(verb, withInput: false);
        verb.Does((parsed, cancellation) =>
        {
            VirtualSink? opened = null;
            using FxHost host = sound.Host.Open(
                parsed, openDevice: () => opened!.OpenLoudspeaker(), longRunning: true);
            var typed = new TypedSelection(host, sound.Selection(parsed, host));
            using VirtualSink sink = opened = VirtualSink.Open(
                parsed.GetRequiredValue(name), parsed.GetValue(device) ?? host.Settings.Device,
                parsed.GetValue(buffer) ?? VirtualSink.UsualBufferMilliseconds);
            try
            {
                typed.Follow();
                host.PlayAsync(sink, () => typed.Selection, new SinkStatus(sink), cancellation)
                    .GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                // How it ends.
            }

            host.Dispose();
            if (parsed.GetValue(report))
                Write(sink.Report);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Write(SinkReport report) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Sounds} sounds, added latency {report.AddedLatency.TotalMilliseconds:F1} ms on average (effects ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Effects.TotalMilliseconds:F1} ms of it), underruns: {report.Underruns}, corrections of the ")
        + string.Create(CultureInfo.InvariantCulture, $"pace: {report.Corrections}"));
}
