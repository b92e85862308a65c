using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>An answer that is nothing but sound.</summary>
/// <param name="upstream">The service.</param>
/// <param name="processed">Runs a line through its chain.</param>
/// <param name="settings">How long the service may say nothing.</param>
internal sealed class PlainAnswer(Upstream upstream, ProcessedAnswer processed, ServeSettings settings)
{
    private const int ReadBytes = 16 * 1024;

    /// <inheritdoc cref="SpeechRequests.Write"/>
    public async Task WriteAsync(
        HttpContext context, HttpResponseMessage answer, SpeechFormat format, SpeechSelection selection)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        byte[] buffer = new byte[ReadBytes];
        int first = 0;
        string? broken = null;
        try
        {
            // What it begins with tells what it is.
            first = await body.ReadAtLeastAsync(buffer, sizeof(int), throwOnEndOfStream: false, context.RequestAborted);
        }
        catch (IOException e)
        {
            broken = e.Message;
        }

        if (broken is not null)
        {
            await upstream.ElevenLabs.NoSoundAsync(context, broken);
            return;
        }

        SpeechAudio audio = SpeechAudio.FromChunks(
            ReadAsync(body, buffer, first, context.RequestAborted), format.NameFor(buffer.AsSpan(0, first))).Named("The speech service");
        await processed.WriteAsync(context, audio, format.Output, format.ContentType, selection,
            reason => upstream.ElevenLabs.NoSoundAsync(context, reason));
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream body, byte[] buffer, int first, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        for (int read = first; read > 0;)
        {
            yield return buffer.AsMemory(0, read);
            idle.CancelAfter(settings.Limits.Idle);
            read = await body.ReadAsync(buffer, idle.Token);
        }
    }
}
