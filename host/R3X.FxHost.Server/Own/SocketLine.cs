using System;
using System.Collections.Concurrent;
using System.IO;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Formats;
using R3X.FxHost.Lines;
using R3X.FxHost.Metering;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary>A line that comes and goes through a WebSocket.</summary>
/// <param name="socket">The connection.</param>
/// <param name="input">What comes through it.</param>
/// <param name="output">How the line is answered.</param>
/// <param name="tellsLevels">Whether its levels are told, too.</param>
/// <param name="json">How messages are spelled.</param>
internal sealed class SocketLine(
    WebSocket socket, SocketInput input, OutputFormat output, bool tellsLevels, JsonSerializerOptions json)
{
    private const int OpusRate = 48_000;

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly Pipe _sound = new();
    private readonly ConcurrentQueue<SpeechLevel> _levels = new();

    /// <summary>Takes the line from its first byte to the end of the connection.</summary>
    /// <param name="processed">Runs it through its chain.</param>
    /// <param name="audio">The line, from the input.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="end">Cancelled when it is to end, or the caller has gone.</param>
    public async Task RunAsync(
        ProcessedAnswer processed, SpeechAudio audio, SpeechSelection selection, CancellationTokenSource end)
    {
        var progress = new LineProgress { Levels = tellsLevels ? _levels.Enqueue : null };
        Task receiving = input.ReceiveAsync(end);
        Task<SocketMessage> line = RenderAsync(processed, audio, selection, progress, end.Token);
        try
        {
            await SendSoundAsync(progress, end.Token);
            SocketMessage last = await line;
            await SendAsync(last, end.Token);
            await socket.CloseOutputAsync(input.Refusal ?? (last is SocketError
                ? WebSocketCloseStatus.InvalidPayloadData : WebSocketCloseStatus.NormalClosure), null, end.Token);
            await receiving.WaitAsync(Goodbye);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException
            or IOException)
        {
            // The caller is gone, or does not say goodbye.
        }

        await end.CancelAsync();
        await _sound.Reader.CompleteAsync();
        await line;
        await receiving;
    }

    // Never fails: what went wrong is said.
    private async Task<SocketMessage> RenderAsync(ProcessedAnswer processed, SpeechAudio audio,
        SpeechSelection selection, LineProgress progress, CancellationToken cancellation)
    {
        try
        {
            SpeechReport report = await processed.WriteAsync(
                audio, _sound.Writer, output, selection, progress, cancellation);
            return new SocketDone(LineReport.Of(report));
        }
        catch (Exception e) when (e is UnreadableAudioException or IOException or NotSupportedException
            or OperationCanceledException)
        {
            return new SocketError(e.Message);
        }
        finally
        {
            await _sound.Writer.CompleteAsync();
        }
    }

    private async Task SendSoundAsync(LineProgress progress, CancellationToken cancellation)
    {
        bool isBegun = false;
        while (true)
        {
            ReadResult made = await _sound.Reader.ReadAsync(cancellation);
            if (!isBegun && !made.Buffer.IsEmpty)
            {
                isBegun = true;
                await SendAsync(Start(progress), cancellation);
            }

            while (_levels.TryDequeue(out SpeechLevel level))
                await SendAsync(LevelEvent.Of(level), cancellation);
            foreach (ReadOnlyMemory<byte> piece in made.Buffer)
                await socket.SendAsync(piece, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
            _sound.Reader.AdvanceTo(made.Buffer.End);
            if (made.IsCompleted)
                return;
        }
    }

    private SocketStart Start(LineProgress progress)
    {
        AudioFormatName name = output.Name;
        int rate = name.SampleRate ?? (name.Codec == AudioCodec.Opus ? OpusRate : progress.Format.SampleRate);
        return new SocketStart(
            rate, name.IsHeaderless ? name.Channels : progress.Format.Channels, progress.Preset, progress.Warnings);
    }

    private async Task SendAsync(SocketMessage message, CancellationToken cancellation) => await socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message, json).AsMemory(), WebSocketMessageType.Text, endOfMessage: true,
        cancellation);
}
