using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>A context of a WebSocket: a line of its own, of which each message carries sound, and times counted from
/// that message's first sample.</summary>
/// <param name="processed">Runs it through its chain.</param>
/// <param name="format">The format of what comes and goes.</param>
/// <param name="selection">Which sound.</param>
/// <param name="cancellation">Ends it where it is.</param>
internal sealed class SocketLine(
    ProcessedAnswer processed, SpeechFormat format, SpeechSelection selection, CancellationToken cancellation)
    : IAsyncDisposable
{
    private readonly StreamPosition _came = new(format);
    private readonly StreamPosition _went = new(format);
    private LiveLine? _line;

    /// <summary>Takes a message's sound and moves its times.</summary>
    /// <returns>The sound that it gave.</returns>
    public async Task<byte[]> PassAsync(JsonObject message, byte[] bytes)
    {
        _line ??= new LiveLine(processed, format.Output, format.NameFor(bytes), selection, cancellation);
        double added = (double)_line.Progress.AddedFrames / Math.Max(1, _line.Progress.Format.SampleRate);
        // The service's encoder and this one are late by as much; what has been sent already holds the latter.
        TimeShift.Apply(message, _came.Seconds + added + (2 * format.Delay) - _went.Seconds);
        _came.Add(bytes);
        return Sent(await _line.AddAsync(bytes));
    }

    /// <summary>Brings out what the chain holds back, as the voice rests.</summary>
    public async Task<byte[]> FlushAsync() => _line is null ? [] : Sent(await _line.FlushAsync());

    /// <summary>Ends it.</summary>
    /// <returns>The rest of it, and its tail.</returns>
    public async Task<byte[]> EndAsync() => _line is null ? [] : Sent(await _line.EndAsync());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _line?.DisposeAsync() ?? ValueTask.CompletedTask;

    private byte[] Sent(byte[] bytes)
    {
        _went.Add(bytes);
        return bytes;
    }
}
