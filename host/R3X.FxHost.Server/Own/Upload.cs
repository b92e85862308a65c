using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace R3X.FxHost.Server.Own;

/// <summary>
/// A request's body on its way to a line. It is read as it comes, also while the line waits for its turn, so that a
/// caller who goes away is noticed and what had arrived is spoken; some megabytes ahead at most.
/// </summary>
/// <param name="request">The request.</param>
internal sealed class Upload(HttpRequest request) : IDisposable
{
    private const int ChunkBytes = 16 * 1024;
    private const int MostChunks = 256;

    private readonly CancellationTokenSource _unneeded = new();
    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostChunks) { SingleReader = true, SingleWriter = true });

    /// <summary>Whether its line has been begun to be read.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>The line. An upload of known length is measured first.</summary>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    public SpeechAudio Audio(string? inputFormat)
    {
        SpeechAudio audio = SpeechAudio.FromChunks(ChunksAsync(), inputFormat).Named("the upload");
        return request.ContentLength is null ? audio : audio.MeasuredFirst();
    }

    /// <summary>Reads the body to its end, or until nobody needs it. Never fails: the line tells.</summary>
    public async Task ReadAsync()
    {
        Exception? failure = null;
        try
        {
            byte[] buffer = new byte[ChunkBytes];
            int read;
            while ((read = await request.Body.ReadAsync(buffer, _unneeded.Token)) > 0)
                await _chunks.Writer.WriteAsync(buffer.AsSpan(0, read).ToArray(), _unneeded.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            failure = new IOException(e.Message, e);
        }

        _chunks.Writer.TryComplete(failure);
    }

    /// <summary>Nobody needs the rest of it.</summary>
    public void Stop() => _unneeded.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _unneeded.Dispose();

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync()
    {
        IsBegun = true;
        try
        {
            await foreach (ReadOnlyMemory<byte> chunk in _chunks.Reader.ReadAllAsync())
                yield return chunk;
        }
        finally
        {
            Stop();
        }
    }
}
