using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Decoding;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>
/// A background's way into its ring: bytes -> decoder -> resampler -> ring, again and again. The resampler goes through the seam, so that it is
/// none. One task; it runs as far ahead as the ring is long.
/// </summary>
/// <param name="audio">The file.</param>
/// <param name="ring">Where to, in the device's format.</param>
internal sealed class BackgroundSource(SpeechAudio audio, FrameRing ring)
{
    // A file of a few samples would be opened thousands of times a second.
    private const int ShortestMilliseconds = 20;

    private readonly AudioBuffer _spread = new(ring.Format.Channels, ChainSetup.MaxBlockFrames);
    private AudioBuffer _block = new(1, 1);
    private AudioBuffer _resampled = new(1, 1);
    private Resampler? _resampler;
    private MonoFold? _fold;

    /// <summary>Reads it to its end, or for ever.</summary>
    /// <param name="isLooped">Whether for ever.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableAudioException">There is no sound in it.</exception>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    public async Task RunAsync(bool isLooped, CancellationToken cancellation)
    {
        do
        {
            long frames = await PassAsync(cancellation);
            if (frames == 0)
                throw new UnreadableAudioException($"{audio.Name} holds no samples. Check that it is a complete audio file.");
            if (isLooped && frames < _resampler!.InputRate * ShortestMilliseconds / 1000)
                throw new UnreadableAudioException($"{audio.Name} is too short to loop: {frames} samples are less than {ShortestMilliseconds} ms. Make it longer, or play it once.");
        }
        while (isLooped && audio.IsComplete);
        int rest;
        while ((rest = _resampler!.Flush(_resampled.Block(_resampled.Frames))) > 0)
            await QueueAsync(rest, cancellation);
    }

    private async ValueTask<long> PassAsync(CancellationToken cancellation)
    {
        using IDecoder decoder = Decoders.Open(audio.InputFormat);
        long frames = 0;
        await foreach (ReadOnlyMemory<byte> chunk in audio.ReadAsync(cancellation))
            frames += await FeedAsync(decoder, chunk, endOfInput: false, cancellation);
        return frames + await FeedAsync(decoder, default, endOfInput: true, cancellation);
    }

    private async ValueTask<long> FeedAsync(IDecoder decoder, ReadOnlyMemory<byte> bytes, bool endOfInput, CancellationToken cancellation)
    {
        long frames = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            bool formatWasKnown = decoder.Format is not null;
            DecodeStep step = decoder.Decode(bytes.Span, endOfInput, _block.Block(_block.Frames));
            bytes = bytes[step.BytesConsumed..];
            if (!formatWasKnown && decoder.Format is { } format)
                Open(format);
            else if (step.FramesWritten > 0)
                await ResampleAsync(step.FramesWritten, cancellation);
            else if (bytes.IsEmpty || (endOfInput && step.BytesConsumed == 0))
                return frames;
            frames += step.FramesWritten;
        }
    }

    // The second time round it has the same format, unless the file was exchanged.
    private void Open(AudioFormat format)
    {
        if (_resampler is { } resampler && resampler.InputRate == format.SampleRate && resampler.Channels == format.Channels)
            return;
        _resampler = new Resampler(format.SampleRate, ring.Format.SampleRate, format.Channels);
        _fold = format.Channels == 2 && ring.Format.Channels == 1 ? new MonoFold(ring.Format.SampleRate) : null;
        _block = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
        _resampled = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
    }

    private async ValueTask ResampleAsync(int frames, CancellationToken cancellation)
    {
        int taken = 0;
        ResampleStep step;
        do
        {
            step = _resampler!.Process(_block.Block(taken, frames - taken), _resampled.Block(_resampled.Frames));
            taken += step.FramesConsumed;
            await QueueAsync(step.FramesProduced, cancellation);
        }
        while (taken < frames || step.FramesProduced == _resampled.Frames);
    }

    private async ValueTask QueueAsync(int frames, CancellationToken cancellation)
    {
        _fold?.Apply(_resampled.Block(frames), _resampled[0][..frames]);
        for (int queued = 0; queued < frames;)
        {
            queued += Spread(queued, frames - queued);
            if (queued < frames)
                await ring.WaitForSpaceAsync(cancellation);
        }
    }

    private int Spread(int start, int frames)
    {
        AudioBlock spread = _spread.Block(frames);
        AudioBlock all = _resampled.Block(start, frames);
        ChannelMap.Apply(_fold is null ? all : new AudioBlock(all[0]), spread);
        return ring.Write(spread);
    }
}
