using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// What the speech service answers for one line: the sound of all its sentences in a row, as one WAV. Piper begins and
/// ends each sentence by itself; the line ends where the service says that nothing more comes.
/// </summary>
/// <param name="upstream">The connection.</param>
/// <param name="streams">Whether it was given the text in pieces, so that an <c>audio-stop</c> ends a sentence
/// only.</param>
/// <param name="hasAllText">Whether it has all of the text, so that it is its turn to say something.</param>
/// <param name="idle">How long it may say nothing then.</param>
internal sealed class UpstreamSpeech(WyomingStream upstream, bool streams, Func<bool> hasAllText, TimeSpan idle)
{
    private WaveHead? _head;
    private ReadOnlyMemory<byte> _first;

    /// <summary>Why it broke off, as an <c>error</c>: the service's own, or what became of it. Null where it did
    /// not.</summary>
    public WyomingEvent? Failure { get; private set; }

    /// <summary>Waits for the first sound.</summary>
    /// <returns>Its format; null where none came.</returns>
    public async Task<WaveHead?> OpenAsync(CancellationToken cancellation)
    {
        while (await NextAsync(cancellation) is { } come)
        {
            if (WaveHead.Of(come.Data) is not { } head)
                continue;
            (_head, _first) = (head, come.Payload);
            return head;
        }

        return null;
    }

    /// <summary>The sound from the first sample on, once; a chunk is valid until the next is asked for.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return _head!.Value.ToBytes();
        if (!_first.IsEmpty)
            yield return _first;
        while (await NextAsync(cancellation) is { } come)
        {
            if (WaveHead.Of(come.Data) is { } head && head != _head)
            {
                _head = head;
                yield return head.ToBytes();
            }

            if (!come.Payload.IsEmpty)
                yield return come.Payload;
        }
    }

    // The next audio-start or audio-chunk; null at the end of the line.
    private async Task<WyomingEvent?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            while (await ReadEventAsync(cancellation) is { } come)
            {
                switch (come.Type)
                {
                    case "audio-start" or "audio-chunk":
                        return come;
                    case "synthesize-stopped":
                    case "audio-stop" when !streams:
                        return null;
                    case "error":
                        Failure = come;
                        return null;
                }
            }

            Failure = Broken("it hung up in the middle of the line");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            Failure = Broken(e.Message);
        }

        return null;
    }

    private async Task<WyomingEvent?> ReadEventAsync(CancellationToken cancellation)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<WyomingEvent?> read = upstream.ReadAsync(reading.Token);
        while (true)
        {
            bool isItsTurn = hasAllText();
            try
            {
                return await read.WaitAsync(idle, cancellation);
            }
            catch (TimeoutException) when (!isItsTurn)
            {
                // It waits for the caller, who has a limit of its own.
            }
            catch (TimeoutException)
            {
                await reading.CancelAsync();
                throw new IOException($"it has said nothing for {idle.TotalSeconds:0} s");
            }
        }
    }

    private static WyomingEvent Broken(string reason) =>
        WyomingEvent.Error($"The speech service broke off: {reason}. What it had spoken until then was sent.",
            "upstream-failed");
}
