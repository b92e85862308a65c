using System;
using System.CommandLine;
using System.Threading;
using R3X.FxHost.Cli.Batch;
using R3X.FxHost.Cli.Cache;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x render</c>: lines into files or a pipe.</summary>
internal static class RenderVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "render",
            "Writes lines through a preset to files or a pipe.",
            "r3x render line.mp3 --preset excited -o out.wav",
            "r3x render line.mp3 --set comb.mix=40% -o out.wav               # one setting changed for this run",
            "r3x render line.mp3 --preset excited --amount 60% -o out.wav    # all effects together, weaker",
            "r3x render line.mp3 --with ./Warble -o out.wav                  # an effect of your own, built first",
            "r3x render lines/ -o processed/                                 # a folder and its folders, on every core",
            "r3x render lines/ --presets excited,radio -o out/               # into out/excited/... and out/radio/...",
            "r3x render lines/ --presets excited,radio -o out/ --workers nats://studio:4222   # by r3x worker",
            "curl -sN ... | r3x render - -o - --output-format pcm_24000 | aplay -f S16_LE -r 24000",
            "r3x render line.raw --input-format pcm_24000 -o out.wav         # headerless input",
            "curl -sN ... | r3x render - --cache \"hello there\" -o out.wav    # keep the dry line");
        var inputs = new Argument<string[]>("IN") { Description = "Files or folders; - is standard input.",
            Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o") { Description =
            "The file to write, a folder for many files, or - for standard output. Of a folder, the folders in it are "
            + "kept, and what was rendered into OUT before and is still right is not rendered again; failed.txt lists "
            + "what failed.", HelpName = "OUT" };
        var format = new Option<string?>("--output-format") { Description = "wav, pcm_24000, ulaw_8000, ... Without "
            + "it, the output file's ending says; WAV otherwise.", HelpName = "FORMAT" };
        var bits = new Option<string?>("--bits") { Description =
            "Of a WAV file: 16 (with dither; the default), 24 or float; of FLAC: 16 or 24.", HelpName = "16|24|float" };
        bits.Choices("16", "24", "float");
        var report = new Option<bool>("--report") { Description =
            "Say afterwards what each line cost: latency, time, every effect." };
        inputs.NoOptions();
        verb.Arguments.Add(inputs);
        verb.Options.Add(output);
        verb.Options.Add(format);
        verb.Options.Add(bits);
        verb.Options.Add(report);
        var cache = new CacheOption(verb);
        var workers = new WorkersOptions(verb);
        var sound = new SoundOptions(verb, several: true);
        verb.Does((parsed, cancellation) =>
        {
            RenderPlan plan = RenderPlan.Of(parsed.GetRequiredValue(inputs), parsed.GetValue(output),
                parsed.GetValue(format), parsed.GetValue(bits), sound.Presets(parsed));
            cache.Check(parsed, plan.Tasks.Count);
            workers.Check(parsed, plan, parsed.GetValue(report));
            using FxHost host = sound.Host.Open(parsed);
            if (plan.IsBatch || workers.AreAsked(parsed))
            {
                return workers.Run(
                    parsed, plan, new BatchRecipes(parsed, sound, host), host, parsed.GetValue(report), cancellation);
            }

            SpeechSelection selection = sound.Selection(parsed, host);
            // The same command writes the same file, to the last bit of its dither.
            selection = selection with { Seed = selection.Seed ?? 0 };
            return new RenderRun(plan, RenderOne).Run(cancellation);

            Action RenderOne(RenderTask task, CancellationToken stop)
            {
                SpeechAudio audio = cache.Through(parsed, host, sound.Audio(parsed, task.Input));
                using OutputFile file = OutputFile.Open(task.Output);
                SpeechReport line = host.RenderAsync(audio, file.Stream, task.Format, selection, stop).GetAwaiter()
                    .GetResult();
                file.Keep();
                cache.Finish();
                return () =>
                {
                    Messages.Of(line, named: plan.Tasks.Count > 1);
                    if (parsed.GetValue(report))
                        ReportText.Write(line);
                };
            }
        });
        return verb;
    }
}
