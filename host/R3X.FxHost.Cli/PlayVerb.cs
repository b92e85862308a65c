using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Cli.Cache;
using R3X.FxHost.Cli.Levels;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Ducking;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x play</c>: lines on the loudspeaker, ending when the last sample was heard.</summary>
internal static class PlayVerb
{
    // FxHost.VolumeDb's.
    private const double MostVolume = 12;

    public static Command Create()
    {
        var verb = new Verb(
            "play",
            "Plays lines through a preset, starting while they are still arriving. Ends when the last sample was "
                + "heard.",
            "r3x play line.mp3 --preset excited",
            "curl -sN ... | r3x play - --preset radio          # a stream, as it arrives",
            "r3x play - --input-format pcm_24000 < line.raw    # headerless samples",
            "r3x play line.mp3 --watch --preset excited        # again and again; edit it and hear what you save",
            "r3x play line.mp3 --with ./Warble                 # an effect of your own, built first",
            "r3x play line.mp3 --levels                        # see how loud it is, and in which bands",
            "r3x play line.mp3 --levels-as serial > /dev/ttyUSB0   # a droid's mouth moves with it",
            "r3x play line.mp3 --background music.mp3           # music under it, which makes way for the voice",
            "r3x play line.mp3 --events                        # states, ducking and microphone, for programs",
            "curl -sN ... | r3x play - --cache \"hello there\"   # keep the dry line; next time nothing is read",
            "r3x play line.mp3 --device null                   # no loudspeaker, the same timing",
            "r3x play line.mp3 --report                        # how late, how long; --json for programs");
        var inputs = new Argument<string[]>("IN") { Description = "Files to play, in order; - is standard input.",
            Arity = ArgumentArity.OneOrMore };
        var device = new Option<string?>("--device") { Description =
            "The loudspeaker: a name from r3x devices, null, or file:PATH.", HelpName = "NAME" };
        var volume = new Option<double?>("--volume") { Description =
            "Volume in dB, at most 12; 0 plays lines as they are.", HelpName = "DB", CustomParser = Wording.Number };
        var report = new Option<bool>("--report") { Description =
            "Say afterwards what each line cost: latency, time, every effect." };
        var json = new Option<bool>("--json") { Description = "Print the same as JSON, on standard output." };
        var watch = new Option<bool>("--watch") { Description =
            "Play one line again and again, and change its sound as soon as its preset is saved. Ctrl-C ends it." };
        var events = new Option<bool>("--events") { Description = "Print what happens when it is heard, a line each, "
            + "with tabs between: device seconds and the lines' states, duck and unduck, mic mute and mic open." };
        inputs.NoOptions();
        verb.Arguments.Add(inputs);
        verb.Options.Add(device);
        verb.Options.Add(volume);
        verb.Options.Add(report);
        verb.Options.Add(json);
        verb.Options.Add(watch);
        verb.Options.Add(events);
        var cache = new CacheOption(verb);
        var background = new BackgroundOptions(verb);
        var levels = new LevelOptions(verb);
        var sound = new SoundOptions(verb);
        verb.Does((parsed, cancellation) =>
        {
            string[] named = [.. parsed.GetRequiredValue(inputs).SelectMany(Wildcards.FilesOf)];
            if (parsed.GetValue(volume) is > MostVolume or double.NaN)
            {
                throw new UsageException($"--volume {parsed.GetValue(volume)}: {MostVolume} dB is the most."
                    + " Make lines louder with match-loudness in the preset.");
            }

            if (parsed.GetValue(watch) && named.Length > 1)
                throw new UsageException(
                    $"--watch plays one line again and again, and {named.Length} were named. Leave the others out.");
            if (named.Count(static input => input == "-") > 1)
                throw new UsageException(
                    "Standard input can be read once, and - was named more than once. Name it once.");
            if (parsed.GetValue(watch) && levels.AreWanted(parsed))
                throw new UsageException("--watch tells on the terminal what was saved; it does not go with --levels. "
                    + "Leave one of them out.");
            string[] writers = [.. new[] { parsed.GetValue(json) ? "--json" : "", levels.AreWanted(parsed)
                ? "--levels" : "", parsed.GetValue(events) ? "--events" : "" }.Where(option => option.Length > 0)];
            if (writers.Length > 1)
                throw new UsageException(
                    $"{writers[0]} and {writers[1]} both write to standard output. Leave one of them out.");
            background.Check(parsed);
            cache.Check(parsed, named.Length);
            using FxHost host = sound.Host.Open(parsed, parsed.GetValue(device), longRunning: parsed.GetValue(watch));
            EventLines? told = parsed.GetValue(events) ? new EventLines(host.Queue, Console.Out) : null;
            host.VolumeDb = parsed.GetValue(volume) ?? host.VolumeDb;
            SpeechSelection selection = sound.Selection(parsed, host);
            BackgroundSound? music = background.Play(parsed, host);
            if (parsed.GetValue(watch))
            {
                _ = sound.With.KeepBuiltAsync(parsed, cancellation);
                return Watch(host, cache.Through(parsed, host, sound.Audio(parsed, named[0])), selection, cancellation);
            }

            // All are queued at once, so that each begins where the one before it ends.
            Task<SpeechReport>[] queued = [.. named.Select(input => host.ProcessAndPlayAsync(
                cache.Through(parsed, host, sound.Audio(parsed, input)), selection, cancellation))];
            IEnumerable<SpeechReport> lines = queued.Select(static line => line.GetAwaiter().GetResult());
            foreach (SpeechReport line in levels.Beside(parsed, host, lines))
            {
                Messages.Of(line);
                if (parsed.GetValue(report))
                    ReportText.Write(line);
                if (parsed.GetValue(json))
                    Json.Write(line);
            }

            cache.Finish();
            BackgroundOptions.End(music);
            host.Dispose();
            told?.Finish();
            return ExitCode.Done;
        });
        return verb;
    }

    private static int Watch(FxHost host, SpeechAudio audio, SpeechSelection selection, CancellationToken cancellation)
    {
        using var status = new WatchStatus();
        host.LoopAsync(audio, selection, status, cancellation).GetAwaiter().GetResult();
        return ExitCode.Done;
    }
}
