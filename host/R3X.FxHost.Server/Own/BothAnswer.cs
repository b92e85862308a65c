using System;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Decoding;
using R3X.FxHost.Lines;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary>An answer of two parts: a line with its effects, while it arrives, then without, from what was
/// kept.</summary>
/// <param name="context">The request.</param>
/// <param name="processed">Runs lines through their chains.</param>
/// <param name="settings">How long a line may take.</param>
/// <param name="output">How both are encoded.</param>
internal sealed class BothAnswer(
    HttpContext context, ProcessedAnswer processed, ServeSettings settings, OutputFormat output)
{
    private readonly string _boundary = "r3x-" + Guid.NewGuid().ToString("n");

    /// <summary>Writes both.</summary>
    /// <param name="audio">The line, while it arrives.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="refuse">Answers that the line holds no sound, given why; nothing has been sent then.</param>
    /// <param name="kept">The line once it has arrived.</param>
    public async Task WriteAsync(SpeechAudio audio, SpeechSelection selection, Func<string, Task> refuse,
        Func<SpeechAudio> kept)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(settings.Limits.Time);
        var progress = new LineProgress();
        var pipe = new Pipe();
        Task line = RenderAsync(audio, selection, progress, pipe.Writer, limit.Token);
        try
        {
            // Once there is sound, it is known that there is one, and with which preset.
            ReadResult first = await pipe.Reader.ReadAsync(limit.Token);
            pipe.Reader.AdvanceTo(first.Buffer.Start);
            ProcessedAnswer.Announce(context.Response.Headers, progress);
            context.Response.ContentType = "multipart/mixed; boundary=" + _boundary;
            await BeginPartAsync("processed", limit.Token);
            await pipe.Reader.CopyToAsync(context.Response.BodyWriter, limit.Token);
            await BeginPartAsync("dry", limit.Token);
            await processed.WriteAsync(kept(), context.Response.BodyWriter, output, SpeechSelection.WithoutEffects,
                new LineProgress(), limit.Token);
            await context.Response.WriteAsync($"\r\n--{_boundary}--\r\n", limit.Token);
        }
        catch (Exception e) when (e is UnreadableAudioException or IOException && !context.Response.HasStarted)
        {
            context.Response.ContentType = null;
            await refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or UnreadableAudioException or OperationCanceledException)
        {
            context.Abort();
        }

        await pipe.Reader.CompleteAsync();
        await line;
    }

    private async Task RenderAsync(SpeechAudio audio, SpeechSelection selection, LineProgress progress,
        PipeWriter writer, CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            await processed.WriteAsync(audio, writer, output, selection, progress, cancellation);
        }
        catch (Exception e)
        {
            failure = e;
        }

        await writer.CompleteAsync(failure);
    }

    private Task BeginPartAsync(string name, CancellationToken cancellation) => context.Response.WriteAsync(
        $"\r\n--{_boundary}\r\nContent-Type: {AudioType.Of(output.Name)}\r\n"
        + $"Content-Disposition: inline; name=\"{name}\"\r\n\r\n", System.Text.Encoding.ASCII, cancellation);
}
