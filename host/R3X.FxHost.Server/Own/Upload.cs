using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Server.Own;

/// <summary>
/// A request's body on its way to a line. It is read as it comes, also while the line waits for its turn, so that a
/// caller who goes away is noticed and what had arrived is spoken; some megabytes ahead at most.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="limits">How long its caller may say nothing, and how long it may take.</param>
/// <param name="keeps">Whether all of it is kept, too.</param>
[SuppressMessage("Design", "CA1001",
    Justification = "The source of its token has no timer when it ends, and a line may end later than its request.")]
internal sealed class Upload(HttpRequest request, ServeLimits limits, bool keeps = false)
{
    private const int ChunkBytes = 16 * 1024;
    private const int MostChunks = 256;

    private readonly MemoryStream? _kept = keeps ? new MemoryStream() : null;
    private readonly CancellationTokenSource _unneeded = new();
    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostChunks) { SingleReader = true, SingleWriter = true });
    private readonly long _begun = Stopwatch.GetTimestamp();
    private volatile bool _isUnneeded;

    /// <summary>Whether its line has been begun to be read.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Whether more came than this server takes.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>What has arrived, where it is kept.</summary>
    public byte[] Kept => _kept?.ToArray() ?? [];

    /// <summary>The line.</summary>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    /// <param name="isMeasured">Whether it is waited for and measured first; null where its length is known.</param>
    public SpeechAudio Audio(string? inputFormat, bool? isMeasured = null)
    {
        SpeechAudio audio = SpeechAudio.FromChunks(ChunksAsync(), inputFormat).Named("the upload");
        return isMeasured ?? request.ContentLength is not null ? audio.MeasuredFirst() : audio;
    }

    private TimeSpan Left => limits.Time - Stopwatch.GetElapsedTime(_begun);

    /// <summary>Reads the body to its end, or until nobody needs it. Never fails: the line tells.</summary>
    /// <param name="callerGone">Called when the caller is gone, in front of the line's news of it.</param>
    public async Task ReadAsync(Action? callerGone = null)
    {
        Exception? failure = null;
        try
        {
            byte[] buffer = new byte[ChunkBytes];
            int read;
            while ((read = await ReadAsync(buffer)) > 0)
            {
                if (_kept is not null)
                    await _kept.WriteAsync(buffer.AsMemory(0, read));
                await _chunks.Writer.WriteAsync(buffer.AsSpan(0, read).ToArray(), _unneeded.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            IsTooLarge = (e as BadHttpRequestException)?.StatusCode == StatusCodes.Status413PayloadTooLarge;
            failure = new IOException(_isUnneeded ? "Nobody needs it any more." : e is not OperationCanceledException
                ? e.Message : Left > TimeSpan.Zero ? $"Nothing came for {limits.Idle.TotalSeconds:0} s."
                : $"It took longer than {limits.Time.TotalMinutes:0.#} min.", e);
            if (e is not OperationCanceledException && !IsTooLarge)
                callerGone?.Invoke();
        }

        _unneeded.CancelAfter(Timeout.InfiniteTimeSpan);
        _chunks.Writer.TryComplete(failure);
    }

    /// <summary>Nobody needs the rest of it.</summary>
    public void Stop()
    {
        _isUnneeded = true;
        _unneeded.Cancel();
    }

    private async ValueTask<int> ReadAsync(byte[] buffer)
    {
        _unneeded.CancelAfter(Left < limits.Idle ? Left > TimeSpan.Zero ? Left : TimeSpan.Zero : limits.Idle);
        int read = await request.Body.ReadAsync(buffer, _unneeded.Token);
        // A line that waits for its turn may take its time.
        _unneeded.CancelAfter(Timeout.InfiniteTimeSpan);
        return read;
    }

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
