using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Server.Upstreams;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>An answer that is nothing but sound.</summary>
/// <param name="upstream">The service.</param>
/// <param name="processed">Runs a line through its chain.</param>
/// <param name="settings">How long the service may say nothing.</param>
internal sealed class PlainAnswer(Upstream upstream, ProcessedAnswer processed, LiveSettings settings)
{
    /// <inheritdoc cref="SpeechRequests.Write"/>
    public async Task WriteAsync(
        HttpContext context, HttpResponseMessage answer, SpeechFormat format, SpeechSelection selection)
    {
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> body = ServiceBody.ReadAsync(
            answer, settings.Current.Limits.Idle, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        string broken = "It is empty.";
        bool isThere = false;
        try
        {
            isThere = await body.MoveNextAsync();
        }
        catch (IOException e)
        {
            broken = e.Message;
        }

        if (!isThere)
        {
            await Problem.WriteNoSoundAsync(context, upstream.ElevenLabs, broken);
            return;
        }

        // What it begins with tells what it is.
        SpeechAudio audio = SpeechAudio.FromChunks(ReadAsync(body), format.NameFor(body.Current.Span))
            .Named("The speech service's answer");
        await processed.WriteAsync(context, audio, format.Output, format.ContentType, selection,
            reason => Problem.WriteNoSoundAsync(context, upstream.ElevenLabs, reason));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> begun)
    {
        do
            yield return begun.Current;
        while (await begun.MoveNextAsync());
    }
}
