using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// A line's frames, decoded as they are asked for. One task or thread at a time; it reads no further than it must.
/// </summary>
/// <param name="audio">The line.</param>
/// <param name="cancellation">Ends waiting for bytes.</param>
public sealed class LineReader(SpeechAudio audio, CancellationToken cancellation = default)
    : IDisposable, IAsyncDisposable
{
    // What there is while the format is not known: no frame comes.
    private readonly AudioBuffer _nothing = new(1, 1);
    private IDecoder? _decoder;
    private ChunkReading? _chunks;
    private ReadOnlyMemory<byte> _bytes;
    private bool _ended;
    private bool _asksForFlush;

    /// <summary>What was odd about the input but did not cost the sound, each a whole sentence.</summary>
    public IReadOnlyList<string> Warnings => _decoder?.Warnings ?? [];

    /// <summary>The clock of arrivals.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Bytes decoded so far.</summary>
    internal long Bytes { get; private set; }

    /// <summary>When the bytes came that were decoded last, as the clock counts.</summary>
    internal long ArrivedAt { get; private set; }

    /// <summary>Whether a source that fails ends the line where it is; otherwise reading fails.</summary>
    internal bool SurvivesSource { get; set; }

    /// <summary>Whether reading stops, with no frames, where the source asks for what the chain holds back.</summary>
    internal bool StopsAtFlush { get; init; }

    /// <summary>What the source failed with, where that was survived.</summary>
    internal Exception? SourceFailure { get; private set; }

    /// <summary>Reads until the format is known.</summary>
    /// <exception cref="UnreadableAudioException">The input holds no sound.</exception>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<AudioFormat> OpenAsync()
    {
        while (_decoder?.Format is null)
        {
            if (!TryDecode(_nothing.Block(1), out _))
                await NextAsync();
            else if (_decoder?.Format is null)
                throw new UnreadableAudioException(
                    $"{audio.Name} ended before any sound came. Check that it is a complete audio file.");
        }

        return _decoder.Format.Value;
    }

    /// <inheritdoc cref="OpenAsync"/>
    /// <remarks>Waits for a stream's bytes where they have not come.</remarks>
    public AudioFormat Open() => Wait(OpenAsync());

    /// <summary>Reads frames, at least one unless the line has ended.</summary>
    /// <param name="buffer">Room for frames in the format that <see cref="OpenAsync"/> told.</param>
    /// <returns>Frames read to its start; 0 at the end.</returns>
    /// <exception cref="UnreadableAudioException">The input holds no sound.</exception>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<int> ReadAsync(AudioBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        int frames;
        while (!TryRead(buffer, out frames))
            await NextAsync();
        return frames;
    }

    /// <summary>Reads what there is without waiting.</summary>
    /// <param name="buffer">As for <see cref="ReadAsync"/>.</param>
    /// <param name="frames">Frames read; 0 at the end, and where <see cref="TakeFlush"/> says so.</param>
    /// <returns>Whether there was any; if not, <see cref="NextAsync"/> brings more bytes.</returns>
    internal bool TryRead(AudioBuffer buffer, out int frames)
    {
        frames = 0;
        return _asksForFlush || TryDecode(buffer.Block(buffer.Frames), out frames);
    }

    /// <summary>Whether reading stopped because the source asks for what the chain holds back; once.</summary>
    internal bool TakeFlush() => _asksForFlush && !(_asksForFlush = false);

    /// <inheritdoc cref="ReadAsync"/>
    /// <param name="block">Room for frames in the format that <see cref="Open"/> told.</param>
    /// <remarks>Waits for a stream's bytes where they have not come.</remarks>
    public int Read(AudioBlock block)
    {
        int frames;
        while (!TryDecode(block, out frames))
            Wait(NextAsync());
        return frames;
    }

    /// <summary>Begins again with the first frame. Of a file and of bytes, as a stream is read once.</summary>
    public void Rewind()
    {
        Dispose();
        (_decoder, _bytes, _ended, Bytes) = (null, default, false, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _decoder?.Dispose();
        if (_chunks is not null)
            await _chunks.DisposeAsync();
        _chunks = null;
    }

    private static T Wait<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    // False where more bytes have to come; no frames at the end, or where the format became known.
    private bool TryDecode(AudioBlock block, out int frames)
    {
        _decoder ??= Decoders.Open(audio.InputFormat);
        while (true)
        {
            bool wasKnown = _decoder.Format is not null;
            DecodeStep step = _decoder.Decode(_bytes.Span, _ended, block);
            _bytes = _bytes[step.BytesConsumed..];
            Bytes += step.BytesConsumed;
            frames = step.FramesWritten;
            if (frames > 0 || wasKnown != _decoder.Format is not null)
                return true;
            if (_bytes.IsEmpty && !_ended)
                return false;
            if (_ended && step.BytesConsumed == 0)
                return true;
        }
    }

    /// <summary>Asks the source for its next chunk, and waits for it.</summary>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async ValueTask<bool> NextAsync()
    {
        cancellation.ThrowIfCancellationRequested();
        _chunks ??= new ChunkReading(audio.ReadAsync(cancellation).GetAsyncEnumerator(cancellation));
        try
        {
            _ended = !await _chunks.NextAsync(cancellation);
        }
        catch (Exception e) when (SurvivesSource && e is not OperationCanceledException)
        {
            (SourceFailure, _ended) = (e, true);
        }

        _bytes = _ended ? default : _chunks.Current;
        _asksForFlush = StopsAtFlush && !_ended && _bytes.Equals(SpeechAudio.FlushRequest);
        ArrivedAt = Time.GetTimestamp();
        return _ended;
    }
}
