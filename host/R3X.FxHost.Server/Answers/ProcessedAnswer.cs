using System;
using System.IO;
using System.IO.Pipelines;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Lines;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Access;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Answers;

/// <summary>Runs a line through its chain into a response, while it arrives. Any thread.</summary>
/// <param name="host">The host.</param>
/// <param name="counter">How many lines there are.</param>
/// <param name="settings">How long a line may take.</param>
/// <param name="log">Told of lines that broke off.</param>
internal sealed class ProcessedAnswer(
    FxHost host, LineCounter counter, LiveSettings settings, ILogger<ProcessedAnswer> log)
{
    /// <summary>The header that names the preset.</summary>
    public const string PresetHeader = "X-R3X-Preset";

    /// <summary>The header that says what is not as it was asked for.</summary>
    public const string WarningHeader = "X-R3X-Warning";

    /// <summary>Takes a place for a line, or answers that there is none.</summary>
    /// <param name="context">The request.</param>
    public async Task<IDisposable?> TakePlaceAsync(HttpContext context)
    {
        if (counter.TryBegin(context.Connection.RemoteIpAddress, out int status) is { } place)
            return place;
        ServeLimits limits = settings.Current.Limits;
        await (counter.IsClosed ? Problem.WriteAsync(context, status, "The server ends.", "Ask the one that follows.")
            : status == StatusCodes.Status429TooManyRequests
            ? Problem.WriteAsync(context, status, $"You have {limits.LinesOfOne} lines in work already.",
                "Wait for one to end, or raise limits: lines-of-one under serve: in host.yaml.")
            : Problem.WriteAsync(context, status, $"The server has {limits.Lines} lines in work already.",
                "Try again, or raise limits: lines under serve: in host.yaml."));
        return null;
    }

    /// <summary>
    /// Writes a line. Headers are sent with the first sound. A line that holds no sound is answered with
    /// <paramref name="refuse"/>; one that breaks off later is written as far as it came, then the connection is
    /// aborted, as the service's own was.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="audio">The line, while it arrives.</param>
    /// <param name="format">How it is answered.</param>
    /// <param name="contentType">The answer's type.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="refuse">Answers that the line holds no sound, given why; nothing has been sent then.</param>
    public async Task WriteAsync(HttpContext context, SpeechAudio audio, OutputFormat format, string contentType,
        SpeechSelection selection, Func<string, Task> refuse)
    {
        HttpResponse response = context.Response;
        var progress = new LineProgress();
        response.ContentType = contentType;
        response.OnStarting(() =>
        {
            Announce(response.Headers, progress);
            return Task.CompletedTask;
        });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(settings.Current.Limits.Time);
        try
        {
            await WriteAsync(audio, response.BodyWriter, format, selection, progress, limit.Token);
        }
        catch (Exception e) when (e is UnreadableAudioException or IOException or NotSupportedException
            && !response.HasStarted && progress.OutputFrames == 0)
        {
            response.ContentType = null;
            await refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or UnreadableAudioException or OperationCanceledException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
                ServeLog.BrokeOff(log, e.Message);
            context.Abort();
        }
    }

    /// <summary>Writes a line into a pipe.</summary>
    /// <param name="audio">The line, while it arrives.</param>
    /// <param name="output">Where to; it is not completed.</param>
    /// <param name="format">How it is encoded.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<SpeechReport> WriteAsync(SpeechAudio audio, PipeWriter output, OutputFormat format,
        SpeechSelection selection, LineProgress progress, CancellationToken cancellation) =>
        host.RenderAsync(audio, output, format, selection, progress, cancellation);

    /// <summary>Tells in headers which sound a line has.</summary>
    public static void Announce(IHeaderDictionary headers, LineProgress progress)
    {
        if (progress.Preset.Length > 0)
            headers[PresetHeader] = WebUtility.UrlEncode(progress.Preset);
        if (progress.Warnings.Count > 0)
            headers[WarningHeader] = Ascii(string.Join(' ', progress.Warnings));
    }

    // Headers carry ASCII alone.
    private static string Ascii(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = from[i] is >= ' ' and <= '~' ? from[i] : from[i] is '\n' or '\r' or '\t' ? ' ' : '?';
        });
}
