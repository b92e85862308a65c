using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Lines;

namespace R3X.FxHost.Server.Answers;

/// <summary>A line whose bytes come in messages, each answered with what it gave. One caller at a time.</summary>
internal sealed class LiveLine : IAsyncDisposable
{
    private readonly Channel<Message> _messages = Channel.CreateUnbounded<Message>();
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly CancellationTokenSource _end;
    private readonly Task _rendering;

    /// <summary>Begins a line.</summary>
    /// <param name="processed">Runs it through its chain.</param>
    /// <param name="format">How it is encoded.</param>
    /// <param name="inputFormat">The format of its bytes where they do not tell.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="cancellation">Ends it where it is.</param>
    public LiveLine(ProcessedAnswer processed, OutputFormat format, string? inputFormat, SpeechSelection selection,
        CancellationToken cancellation)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        SpeechAudio audio = SpeechAudio.FromChunks(ReadAsync(), inputFormat).Named("the speech service's answer");
        _rendering = processed.WriteAsync(audio, _pipe.Writer, format, selection, Progress, _end.Token);
    }

    /// <summary>How far it is.</summary>
    public LineProgress Progress { get; } = new();

    /// <summary>Takes bytes, cut anywhere.</summary>
    /// <returns>What they gave, encoded; what the chain and the encoder hold back comes later.</returns>
    /// <exception cref="UnreadableAudioException">They are no sound.</exception>
    public Task<byte[]> AddAsync(ReadOnlyMemory<byte> bytes)
        => bytes.IsEmpty ? Task.FromResult<byte[]>([]) : SendAsync(bytes);

    /// <summary>Brings out what the chain holds back: the voice rests.</summary>
    public Task<byte[]> FlushAsync() => SendAsync(SpeechAudio.FlushRequest);

    /// <summary>Ends the line.</summary>
    /// <returns>The rest of it, and its tail.</returns>
    /// <exception cref="UnreadableAudioException">None of it was sound.</exception>
    public async Task<byte[]> EndAsync()
    {
        _messages.Writer.TryComplete();
        try
        {
            await _rendering;
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // There is no time left for the rest.
        }

        return Take();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _messages.Writer.TryComplete();
        await _rendering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pipe.Writer.CompleteAsync();
        await _pipe.Reader.CompleteAsync();
        _end.Dispose();
    }

    private async Task<byte[]> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var message = new Message(bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _messages.Writer.TryWrite(message);
        if (await Task.WhenAny(message.Taken.Task, _rendering) == _rendering)
            await _rendering;
        return Take();
    }

    private byte[] Take()
    {
        if (!_pipe.Reader.TryRead(out ReadResult made))
            return [];
        byte[] bytes = made.Buffer.ToArray();
        _pipe.Reader.AdvanceTo(made.Buffer.End);
        return bytes;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync()
    {
        await foreach (Message message in _messages.Reader.ReadAllAsync(_end.Token))
        {
            yield return message.Bytes;
            // The next is asked for, so what this one gave has gone out.
            message.Taken.TrySetResult();
        }
    }

    private sealed record Message(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Taken);
}
