using System;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Lines;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;

namespace R3X.FxHost;

/// <content>Lines that are written.</content>
public sealed partial class FxHost
{
    /// <summary>
    /// Writes a line through its chain to a stream, encoded. Into a stream that can seek, such as a file, it is written
    /// when all of it has been measured; into any other as it arrives.
    /// </summary>
    /// <param name="audio">The line.</param>
    /// <param name="output">Where to; it stays open. Where it can seek, sizes in headers are made true at the
    /// end.</param>
    /// <param name="outputFormat">How it is encoded.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="cancellation">Ends the line where it is.</param>
    /// <exception cref="UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="IOException">The audio could not be read, or the output not be written.</exception>
    public Task<SpeechReport> RenderAsync(
        SpeechAudio audio, Stream output, OutputFormat outputFormat, SpeechSelection? selection = null,
            CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        ArgumentNullException.ThrowIfNull(outputFormat);
        return Task.Run(
            async () =>
            {
                using FfmpegProcess? process = StartProcess(outputFormat);
                LineChain line = Choose(selection);
                using var sink = new EncoderSink(
                    format => Open(output, format, outputFormat, line, process, cancellation));
                double hold = output.CanSeek ? double.PositiveInfinity : audio.IsComplete ? SpokenTurn.HeardHold : 0;
                return await RenderAsync(audio, line, sink, hold, cancellation);
            },
            cancellation);
    }

    /// <summary>
    /// Writes a line through its chain into a pipe, encoded, while it arrives. What a chunk of the line gave has been
    /// flushed when the next one is asked for; a reader that is slow slows the line down.
    /// </summary>
    /// <param name="audio">The line.</param>
    /// <param name="output">Where to; it is not completed.</param>
    /// <param name="outputFormat">How it is encoded.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="progress">Told how far the line is; null for nobody.</param>
    /// <param name="cancellation">Ends the line where it is.</param>
    /// <exception cref="UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="IOException">The audio could not be read to its end; what had arrived was written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or nobody reads the pipe any more.</exception>
    public Task<SpeechReport> RenderAsync(
        SpeechAudio audio, PipeWriter output, OutputFormat outputFormat, SpeechSelection? selection = null,
            LineProgress? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(outputFormat);
        return Task.Run(
            async () =>
            {
                using FfmpegProcess? process = StartProcess(outputFormat);
                LineChain line = Choose(selection);
                progress?.Begin(line);
                LineLevels? levels = progress?.Levels is { } tell ? new LineLevels(tell, line.Mood) : null;
                using var sink = new PipeSink(output, (stream, format) =>
                {
                    // What ffmpeg writes goes out by itself, when it comes.
                    Stream target = process is null ? stream : output.AsStream(leaveOpen: true);
                    IEncoder encoder = Open(target, format, outputFormat, line, process, cancellation);
                    progress?.Encode(encoder);
                    return encoder;
                }, levels);
                double hold = audio.IsComplete ? SpokenTurn.HeardHold : 0;
                return await RenderAsync(audio, line, sink, hold, cancellation, progress);
            },
            cancellation);
    }

    // Before the line is asked for its first bytes, which take about as long as a process's start.
    private static FfmpegProcess? StartProcess(OutputFormat format) =>
        Encoders.StartProcess(format.Name, FfmpegProcess.Find);

    private static IEncoder Open(
        Stream stream, AudioFormat format, OutputFormat output, LineChain line, FfmpegProcess? process,
        CancellationToken cancellation) => Encoders.Open(
        stream, format, output.Name, line.Seed, output.Samples, output.UnknownSize, process, cancellation);

    private static async Task<SpeechReport> RenderAsync(
        SpeechAudio audio, LineChain line, ILineSink sink, double holdSeconds, CancellationToken cancellation,
        LineProgress? progress = null)
    {
        LineResult? result = null;
        try
        {
            bool isUnheard = audio.IsComplete && Environment.ProcessorCount > 1;
            using var pipeline = new LinePipeline(
                audio, line.Measures ? holdSeconds
                    : 0, (format, held) => line.Prepare(
                    format, held, isUnheard, isLive: true, cancellation: cancellation), sink, isUnheard);
            result = pipeline.Result;
            progress?.Follow(result);
            await pipeline.RunAsync(cancellation);
        }
        finally
        {
            line.End(result);
        }

        if (result.SourceFailure is not null)
            throw new IOException(
                $"{audio.Name} broke off: {result.SourceFailure.Message} What had arrived was spoken.",
                result.SourceFailure);
        return line.Report(audio, result, isHeard: false);
    }
}
