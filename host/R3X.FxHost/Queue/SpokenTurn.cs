using System;
using System.Threading.Tasks;
using R3X.FxHost.Lines;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Queue;

/// <summary>Speaks what is next of a turn: chooses its chain and takes it through.</summary>
internal static class SpokenTurn
{
    /// <summary>Who listens, waits: of a long file so many seconds are measured before it sounds.</summary>
    public const double HeardHold = 300;

    /// <summary>Takes it from its first byte until it was heard. Never fails: the utterances tell.</summary>
    /// <param name="run">What is next of the turn.</param>
    /// <param name="loudspeaker">Where it is heard.</param>
    /// <param name="chains">Choose the chain.</param>
    public static async Task SpeakAsync(TurnRun run, Loudspeaker loudspeaker, LineChains chains)
    {
        LineResult? result = null;
        Exception? failure = null;
        LineChain? line = null;
        using var sink = new LoudspeakerSink(loudspeaker, run.Line);
        try
        {
            SpeechAudio audio = run.First.Audio;
            LineChain chosen = line = chains.Choose(run.First.Selection ?? SpeechSelection.Default);
            loudspeaker.Follow(line.Settings.LeadIn, line.Settings.Volume);
            run.Begin(chosen, sink);
            using var pipeline = new LinePipeline(
                audio,
                line.Measures && audio.IsComplete ? HeardHold : 0,
                (format, held) => chosen.Prepare(format, held, cancellation: run.Turn.Interruption),
                sink,
                segments: run,
                time: loudspeaker.Clock.Source);
            result = pipeline.Result;
            await pipeline.RunAsync(run.Turn.Interruption);
        }
        catch (Exception e)
        {
            failure = e;
        }

        line?.End(result, isHeard: true);
        await run.EndAsync(result, failure);
    }
}
