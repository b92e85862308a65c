using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Queue;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>A sound that a caller sends to the loudspeaker. It is heard while it arrives, and to its end though the
/// caller hangs up behind the last byte, as satellites do.</summary>
internal sealed class PlayedSound : IDisposable
{
    /// <summary>Whose sound it is, for the settings: <c>speakers: { snd: radio }</c>.</summary>
    public const string Speaker = "snd";

    // Satellites send a line as fast as it goes: some 20 s of it are taken ahead of the loudspeaker.
    private const int MostAhead = 1 << 20;

    private readonly Pipe _bytes = new(new PipeOptions(
        pauseWriterThreshold: MostAhead, resumeWriterThreshold: MostAhead / 2, useSynchronizationContext: false));
    private readonly Utterance _utterance;
    private readonly IDisposable _place;
    private WaveHead? _head;
    private volatile bool _isOver;

    private PlayedSound(WyomingServices services, IDisposable place, JsonObject start)
    {
        _place = place;
        Dictionary<string, string> said = Selections.Said(start);
        said.TryAdd("speaker", Speaker);
        SpeechAudio audio = SpeechAudio.FromStream(_bytes.Reader.AsStream()).Named("the sound that was sent");
        _utterance = services.Host.Queue.Speak(audio, services.Selections.Of(said, voice: null, text: null));
    }

    /// <summary>Done when it has been heard, or will not be; never fails.</summary>
    public Task<UtteranceEnd> Finished => _utterance.Finished;

    /// <summary>Queues a sound.</summary>
    /// <param name="services">What lines need.</param>
    /// <param name="caller">Where the caller is.</param>
    /// <param name="start">The data of <c>audio-start</c>.</param>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static PlayedSound Begin(WyomingServices services, IPAddress? caller, JsonObject start)
    {
        IDisposable place = services.Counter.TryBegin(caller, out _)
            ?? throw new IOException("The server has as many lines in work as it may. Try again.");
        try
        {
            return new PlayedSound(services, place, start);
        }
        catch (Exception e) when (e is SpeechQueueFullException or ObjectDisposedException)
        {
            place.Dispose();
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Adds what has come: the format of an <c>audio-start</c>, the samples of an <c>audio-chunk</c>. Waits
    /// while much is ahead of the loudspeaker.</summary>
    public async Task AddAsync(WyomingEvent come, CancellationToken cancellation)
    {
        if (!_isOver && WaveHead.Of(come.Data) is { } head && head != _head)
        {
            _head = head;
            await _bytes.Writer.WriteAsync(head.ToBytes(), cancellation);
        }

        if (!_isOver && !come.Payload.IsEmpty && _head is not null)
            await _bytes.Writer.WriteAsync(come.Payload, cancellation);
    }

    /// <summary>No more of it comes.</summary>
    public void Complete() => _bytes.Writer.Complete();

    /// <summary>It is over: what still comes of it is left out.</summary>
    public void Dispose()
    {
        _isOver = true;
        _bytes.Writer.CancelPendingFlush();
        _place.Dispose();
    }
}
