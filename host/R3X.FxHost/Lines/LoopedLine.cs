using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Decoding;
using R3X.FxHost.Levelling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>A line in memory, to be heard again and again.</summary>
internal sealed class LoopedLine
{
    // A line and its sound in memory; whoever edits a preset does not listen to more before the beginning comes round.
    private const double MostSeconds = 120;

    // Its level is measured with every change, so not on more than a moment's work.
    private const double MeasuredSeconds = 20;

    // Between the end of the tail and the beginning, so that the tail is heard.
    private const double PauseMilliseconds = 500;
    private const double LongestTailSeconds = 10;

    private LoopedLine(AudioFormat format, AudioBuffer frames)
    {
        Format = format;
        Frames = frames;
    }

    /// <summary>Its rate and channels.</summary>
    public AudioFormat Format { get; }

    /// <summary>All of it, of a line longer than two minutes so much.</summary>
    public AudioBuffer Frames { get; }

    /// <summary>Reads a line to its end.</summary>
    /// <param name="audio">The line.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="UnreadableAudioException">The input holds no sound.</exception>
    public static async Task<LoopedLine> LoadAsync(SpeechAudio audio, CancellationToken cancellation)
    {
        using var reader = new LineReader(audio, cancellation);
        AudioFormat format = await reader.OpenAsync();
        var all = new AudioBuffer(format.Channels, format.Frames(10_000));
        var block = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
        int frames = 0;
        while (frames < format.Frames(MostSeconds * 1000) && await reader.ReadAsync(block) is var read and > 0)
        {
            if (frames + read > all.Frames)
                all = Copied(all, frames, 2 * all.Frames);
            block.Block(read).CopyTo(all.Block(frames, read));
            frames += read;
        }

        return frames > 0
            ? new LoopedLine(format, Copied(all, frames, frames))
            : throw new UnreadableAudioException(
                $"{audio.Name} holds no samples. Check that it is a complete audio file.");
    }

    /// <summary>Makes a choice's chain ready for it, its level measured on the first 20 seconds.</summary>
    public Chain Prepare(LineChain choice)
    {
        using MeasuredTake held = Hold();
        using LineStart start = choice.Prepare(Format, held);
        return start.Chain;
    }

    /// <summary>The first 20 seconds, measured.</summary>
    public MeasuredTake Hold()
    {
        var held = new MeasuredTake(Format);
        int frames = Math.Min(Frames.Frames, Format.Frames(MeasuredSeconds * 1000));
        for (int at = 0; at < frames; at += ChainSetup.MaxBlockFrames)
            held.Write(Frames.Block(at, Math.Min(ChainSetup.MaxBlockFrames, frames - at)));
        return held;
    }

    /// <summary>Whether it is time for the line to begin anew.</summary>
    /// <param name="frame">The frame that comes next, behind the line's end in its tail.</param>
    /// <param name="quiet">How many frames below -80 dBFS there were last.</param>
    public bool IsRoundOver(long frame, int quiet) => frame >= LongestRound
        || (frame >= Frames.Frames && quiet >= Format.Frames(PauseMilliseconds));

    /// <summary>The gain that ends a tail which does not end by itself: 1 but for the last 10 ms of the longest
    /// round.</summary>
    public float EndFade(long frame) => Math.Clamp((float)(LongestRound - frame) / Format.Frames(10), 0, 1);

    private long LongestRound => Frames.Frames + Format.Frames(LongestTailSeconds * 1000);

    /// <summary>Feeds a sink round by round, each with its tail and a pause, until it is cancelled.</summary>
    /// <param name="crossfader">The line through its chain.</param>
    /// <param name="sink">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task FeedAsync(ChainCrossfader crossfader, ILineSink sink, CancellationToken cancellation)
    {
        await sink.OpenAsync(Format, cancellation);
        int blockFrames = Math.Clamp(Format.Frames(10), 1, ChainSetup.MaxBlockFrames);
        var block = new AudioBuffer(Format.Channels, blockFrames);
        while (true)
        {
            crossfader.Restart();
            for (int quiet = 0; !IsRoundOver(crossfader.Frame, quiet);)
            {
                cancellation.ThrowIfCancellationRequested();
                crossfader.Read(block.Block(blockFrames));
                bool isLine = crossfader.Frame <= Frames.Frames;
                quiet = isLine || IsAudible(block.Block(blockFrames)) ? 0 : quiet + blockFrames;
                await sink.WriteAsync(block, 0, blockFrames, cancellation);
            }
        }
    }

    /// <summary>Whether something is at -80 dBFS or above.</summary>
    public static bool IsAudible(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            if (block[channel].IndexOfAnyExceptInRange(-RingOut.Inaudible, RingOut.Inaudible) >= 0)
                return true;
        }

        return false;
    }

    private static AudioBuffer Copied(AudioBuffer buffer, int frames, int room)
    {
        var copy = new AudioBuffer(buffer.Channels, room);
        buffer.Block(frames).CopyTo(copy.Block(frames));
        return copy;
    }
}
