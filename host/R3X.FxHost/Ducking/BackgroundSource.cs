using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Decoding;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>
/// A background's way into its ring: decode, resample, write, again and again. The resampler goes through the seam, so
/// that it is not heard. One task; it runs as far ahead as the ring is long.
/// </summary>
/// <param name="audio">The file.</param>
/// <param name="ring">Where to, in the device's format.</param>
internal sealed class BackgroundSource(SpeechAudio audio, TrackRing ring)
{
    // A file of a few samples would be opened thousands of times a second.
    private const int ShortestMilliseconds = 20;

    private AudioBuffer _block = new(1, 1);
    private TrackWriter? _writer;

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
                throw new UnreadableAudioException(
                    $"{audio.Name} holds no samples. Check that it is a complete audio file.");
            if (isLooped && frames < _writer!.Format.Frames(ShortestMilliseconds))
                throw new UnreadableAudioException($"{audio.Name} is too short to loop: {frames} samples are less than "
                    + $"{ShortestMilliseconds} ms. Make it longer, or play it once.");
        }
        while (isLooped && audio.IsComplete);
        await _writer!.FlushAsync(cancellation);
    }

    private async ValueTask<long> PassAsync(CancellationToken cancellation)
    {
        using var reader = new LineReader(audio, cancellation);
        Open(await reader.OpenAsync());
        long frames = 0;
        while (await reader.ReadAsync(_block) is var read and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            await _writer!.WriteAsync(_block, 0, read, cancellation);
            frames += read;
        }

        return frames;
    }

    // The second time round it has the same format, unless the file was exchanged.
    private void Open(AudioFormat format)
    {
        if (_writer?.Format == format)
            return;
        _writer = new TrackWriter(format, ring);
        _block = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
    }
}
