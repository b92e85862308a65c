using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Decoding;
using R3X.FxHost.Levelling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>
/// One line's way: read, process, write. What has arrived is processed at once, in blocks of 1 to 1,024 frames; nothing
/// waits to fill a block. The chain's latency is taken off the front, its tail added to the end. A line that is to be
/// measured first is kept between decoder and chain until its end has come; its chain then begins where measuring left
/// it. Of a line that nobody listens to, a block is processed while the next is decoded and the one before is written.
/// </summary>
/// <param name="audio">The line, or its first segment.</param>
/// <param name="holdSeconds">How much of the line is held before the chain is prepared; 0 for a live one.</param>
/// <param name="prepareChain">Makes the chain, given what was held of the line; null for a live one.</param>
/// <param name="sink">Where it goes.</param>
/// <param name="isUnheard">Whether nobody waits for each of its blocks.</param>
/// <param name="segments">What follows the first segment; null for a line of one.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class LinePipeline(
    SpeechAudio audio,
    double holdSeconds,
    Func<AudioFormat, MeasuredTake?, LineStart> prepareChain,
    ILineSink sink,
    bool isUnheard = false,
    ILineSegments? segments = null,
    TimeProvider? time = null) : IDisposable
{
    // Lines that sound need the threads of the pool, and a processor now and then, however many lines begin.
    private static readonly SemaphoreSlim Beginnings = new(Environment.ProcessorCount);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly LineResult _result = new();
    private AudioBuffer _block = new(1, 1);
    private FeedSchedule? _schedule;
    private int _latencyToDrop;
    private MeasuredTake? _held;
    private LineStart? _start;
    private long _silentFrames;
    private AudioBuffer _processed = new(1, 1);

    // A line with a thread of its own may wait on it, whatever the thread pool is busy with.
    private readonly bool _isOnPool = segments is null && time is null;
    private int _inChain;
    private long _inChainSince;

    /// <summary>What has passed through so far; of a line that was cancelled, to the end.</summary>
    public LineResult Result => _result;

    /// <summary>Takes the line from its first byte to its last audible sample.</summary>
    /// <exception cref="UnreadableAudioException">The input holds no sound.</exception>
    public async Task<LineResult> RunAsync(CancellationToken cancellation)
    {
        await PassAsync(audio, cancellation);
        for (int segment = 1; segments is not null && await segments.NextAsync(cancellation) is { } next; segment++)
        {
            if (_result.Chain is { } sounding)
                sink.SegmentBegins(segment, sounding.LatencyFrames - _latencyToDrop);
            await PassAsync(next, cancellation);
        }

        Chain chain = _result.Chain ?? throw new UnreadableAudioException(
            $"{audio.Name} ended before any sound came. Check that it is a complete audio file.");
        await EndAsync(chain, cancellation);
        chain.ListenBehindEnd();
        chain.Close();
        chain.LineEnded();
        segments?.RungOut(_result);
        await sink.CompleteAsync(cancellation);
        if (sink.Warning is { } warning)
            _result.Warnings = [.. _result.Warnings, warning];
        return _result;
    }

    // A source that dies in mid-line costs the rest of the line, not what had arrived. One of several segments that
    // cannot be read costs itself alone.
    private async ValueTask PassAsync(SpeechAudio segment, CancellationToken cancellation)
    {
        long before = _result.InputFrames;
        Exception? failure;
        (_result.FirstFrameAt, _result.FormatAt) = (0, 0);
        await using var reader = new LineReader(segment, cancellation)
        {
            Time = _time,
            SurvivesSource = segments is not null,
            StopsAtFlush = segments is null && holdSeconds == 0,
        };
        try
        {
            await PassAsync(reader, cancellation);
            failure = reader.SourceFailure;
            _result.Warnings = [.. _result.Warnings, .. reader.Warnings];
            if (_result.InputFrames == before && failure is null)
            {
                throw new UnreadableAudioException(
                    $"{segment.Name} holds no samples. Check that it is a complete audio file.");
            }
        }
        catch (UnreadableAudioException e) when (segments is not null)
        {
            failure = reader.SourceFailure ?? e;
        }

        if (segments is null)
            _result.SourceFailure = failure;
        else
            segments.Ended(_result, _result.InputFrames - before, failure);
    }

    private async ValueTask PassAsync(LineReader reader, CancellationToken cancellation)
    {
        await FormatKnownAsync(await reader.OpenAsync(), reader.ArrivedAt, cancellation);
        long ready = _time.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = _time.GetTimestamp();
            int frames;
            while (!reader.TryRead(_block, out frames))
            {
                // What a chunk gave goes out before the next is asked for.
                await sink.FlushAsync(cancellation);
                await reader.NextAsync();
            }

            if (frames == 0 && reader.TakeFlush())
            {
                await PassHeldBackAsync(cancellation);
                continue;
            }

            if (frames == 0)
                break;
            reader.SurvivesSource = true;
            if (_result.FirstFrameAt == 0)
                _result.FirstFrameAt = reader.ArrivedAt;
            // Waiting for bytes is not work.
            start = Math.Max(start, reader.ArrivedAt);
            if (_held is null)
            {
                await ProcessAsync(frames, Math.Max(ready, reader.ArrivedAt), start, cancellation);
                continue;
            }

            _held.Write(_block.Block(frames), reader.Bytes);
            _result.ProcessingTime += _time.GetElapsedTime(start);
            if (_held.Frames >= holdSeconds * _held.Format.SampleRate)
            {
                await LetGoAsync(cancellation);
                ready = _time.GetTimestamp();
            }
        }

        if (_held is null)
            return;
        _held.IsWhole = segments is not { MayGoOn: true };
        await LetGoAsync(cancellation);
    }

    // Silence as long as the latency brings out what the chain holds back.
    private async ValueTask PassHeldBackAsync(CancellationToken cancellation)
    {
        Chain chain = _result.Chain!;
        for (int late = chain.LatencyFrames; late > 0;)
        {
            int frames = await ProcessSilenceAsync(chain, late);
            _result.AddedFrames += frames;
            await HandOnAsync(_block, frames, cancellation);
            late -= frames;
        }
    }

    private async ValueTask ProcessAsync(int frames, long arrived, long start, CancellationToken cancellation)
    {
        Chain chain = _result.Chain!;
        if (isUnheard)
        {
            _result.InputFrames += frames;
            int before = _inChain;
            FinishBlock(chain);
            chain.Start(_block.Block(frames));
            (_inChain, _inChainSince) = (frames, arrived);
            _result.ProcessingTime += _time.GetElapsedTime(start);
            await HandOnAsync(_processed, before, cancellation);
            return;
        }

        await ProcessAsync(chain, frames);
        _result.Processing.Record(_schedule!.LatenessNow(arrived, _result.InputFrames), frames);
        _result.ProcessingTime += _time.GetElapsedTime(start);
        _result.InputFrames += frames;
        await HandOnAsync(_block, frames, cancellation);
    }

    // Takes back the block that was given to the chain last.
    private void FinishBlock(Chain chain)
    {
        if (_inChain == 0)
            return;
        AudioBlock processed = _processed.Block(_inChain);
        chain.Finish(processed);
        _result.Processing.Record(_schedule!.LatenessNow(_inChainSince, _result.InputFrames - _inChain), _inChain);
        _inChain = 0;
    }

    private async ValueTask FormatKnownAsync(AudioFormat format, long arrived, CancellationToken cancellation)
    {
        if (_result.Chain is { } sounding)
        {
            if (format == sounding.Format)
                return;
            // A segment in another format goes through a chain of its own.
            await FlushAsync(sounding, cancellation);
            await RingOutAsync(sounding, endsLine: false, cancellation);
            sounding.Close();
            sounding.LineEnded();
        }

        _result.FormatAt = arrived;
        _result.Format = format;
        if (holdSeconds > 0 && _result.Chain is null)
            Hold(format);
        else
            await OpenAsync(cancellation);
    }

    private void Hold(AudioFormat format)
    {
        _held = new MeasuredTake(format, audio.CanReadAgain ? audio : null);
        _block = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
    }

    // What was held goes on as if it arrived now.
    private async ValueTask LetGoAsync(CancellationToken cancellation)
    {
        using MeasuredTake held = _held!;
        if (held.Frames == 0)
        {
            _held = null;
            return;
        }

        long measured = _time.GetTimestamp();
        await OpenAsync(cancellation);
        _result.ProcessingTime += _time.GetElapsedTime(measured);
        _held = null;
        await PassKeptAsync(held, cancellation);
    }

    private async ValueTask PassKeptAsync(MeasuredTake held, CancellationToken cancellation)
    {
        long arrived = _time.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = _time.GetTimestamp();
            int frames = (_start!.Arrived ?? held).ReadLine(_result.InputFrames, _block.Block(_block.Frames));
            if (frames == 0)
                return;
            await ProcessAsync(frames, arrived, start, cancellation);
        }
    }

    private async ValueTask OpenAsync(CancellationToken cancellation)
    {
        _start = await PrepareAsync(cancellation);
        Chain chain = _start.Chain;
        _result.Chain = chain;
        _latencyToDrop = chain.LatencyFrames;
        _schedule = new FeedSchedule(chain.Format.SampleRate, _time);
        _block = new AudioBuffer(chain.Format.Channels, chain.MaxFrames);
        _processed = new AudioBuffer(chain.Format.Channels, isUnheard ? chain.MaxFrames : 1);
        await sink.OpenAsync(chain.Format, cancellation);
        // The line starts later for this once; nothing in it is late.
        _result.StartUp = _time.GetElapsedTime(_result.FormatAt);
    }

    private async ValueTask<LineStart> PrepareAsync(CancellationToken cancellation)
    {
        if (!_isOnPool)
            return prepareChain(_result.Format, _held);
        await Beginnings.WaitAsync(cancellation);
        try
        {
            return await Task.Factory.StartNew(() => prepareChain(_result.Format, _held), cancellation,
                TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Beginnings.Release();
        }
    }

    private async ValueTask HandOnAsync(AudioBuffer block, int frames, CancellationToken cancellation)
    {
        int dropped = Math.Min(_latencyToDrop, frames);
        _latencyToDrop -= dropped;
        if (frames > dropped)
        {
            _result.OutputFrames += frames - dropped;
            long handed = _time.GetTimestamp();
            await sink.WriteAsync(block, dropped, frames - dropped, cancellation);
            _schedule!.HeldUp(_time.GetElapsedTime(handed));
        }
    }

    private async ValueTask EndAsync(Chain chain, CancellationToken cancellation)
    {
        await FlushAsync(chain, cancellation);
        await RingOutAsync(chain, endsLine: true, cancellation);
    }

    private async ValueTask FlushAsync(Chain chain, CancellationToken cancellation)
    {
        int last = _inChain;
        FinishBlock(chain);
        await HandOnAsync(_processed, last, cancellation);
    }

    private async ValueTask RingOutAsync(Chain chain, bool endsLine, CancellationToken cancellation)
    {
        chain.InputEnds();
        for (int late = chain.LatencyFrames; late > 0;)
        {
            int frames = await ProcessSilenceAsync(chain, late);
            await HandOnAsync(_block, frames, cancellation);
            late -= frames;
        }

        if (endsLine)
            sink.TailBegins();
        var ringOut = new RingOut(chain.Format);
        for (int tail = chain.TailFrames; tail > 0;)
        {
            int frames = await ProcessSilenceAsync(chain, tail);
            int audible = ringOut.Add(_block.Block(frames));
            for (int written = 0; written < audible; written += Math.Min(audible - written, chain.MaxFrames))
                await sink.WriteAsync(
                    ringOut.Audible, written, Math.Min(audible - written, chain.MaxFrames), cancellation);
            ringOut.Release(audible);
            _result.OutputFrames += audible;
            tail -= frames;
        }
    }

    /// <summary>Lets go of what was held of a line that did not come to its end.</summary>
    public void Dispose()
    {
        _start?.Dispose();
        _held?.Dispose();
    }

    private async ValueTask<int> ProcessSilenceAsync(Chain chain, int most)
    {
        int frames = Math.Min(most, chain.MaxFrames);
        FillSilence(frames);
        await ProcessAsync(chain, frames);
        return frames;
    }

    private void FillSilence(int frames)
    {
        AudioBlock silence = _block.Block(frames);
        if (_start!.Arrived is { } arrived)
            arrived.Read(_result.InputFrames + _silentFrames, silence);
        else
            silence.Clear();
        _silentFrames += frames;
    }

    private ValueTask ProcessAsync(Chain chain, int frames)
    {
        if (_isOnPool)
            return chain.ProcessAsync(_block, frames);
        chain.Process(_block.Block(frames));
        return ValueTask.CompletedTask;
    }
}
