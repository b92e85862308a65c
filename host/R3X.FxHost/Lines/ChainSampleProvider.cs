using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Levelling;
using R3X.FxHost.Sdk;
using ISampleProvider = NAudio.Wave.ISampleProvider;
using WaveFormat = NAudio.Wave.WaveFormat;

namespace R3X.FxHost.Lines;

/// <summary>
/// A line through its chain, pulled as NAudio pulls: as long as the line, latency removed, and its tail. One thread at
/// a time.
/// </summary>
/// <param name="line">The choice of chain.</param>
/// <param name="start">The line's chain.</param>
/// <param name="source">Reads the line's frames from the one it is given on; 0 at the end.</param>
/// <param name="owned">What the source reads from.</param>
internal sealed class ChainSampleProvider(
    LineChain line, LineStart start, Func<long, AudioBlock, int> source, IDisposable owned) : ISampleProvider,
        IDisposable
{
    private readonly Chain _chain = start.Chain;
    private readonly AudioBuffer _block = new(start.Chain.Format.Channels, start.Chain.MaxFrames);
    private long _position;
    private int _early = start.Chain.LatencyFrames;
    private int _late = start.Chain.LatencyFrames + start.Chain.TailFrames;
    private bool _ended;
    private bool _done;

    public WaveFormat WaveFormat { get; } =
        WaveFormat.CreateIeeeFloatWaveFormat(start.Chain.Format.SampleRate, start.Chain.Format.Channels);

    public int Read(Span<float> buffer)
    {
        int channels = _block.Channels;
        int wanted = buffer.Length / channels;
        int written = 0;
        while (written < wanted && !_done)
        {
            int frames = Next(Math.Min(_block.Frames, wanted - written + _early));
            int dropped = Math.Min(_early, frames);
            _early -= dropped;
            for (int frame = dropped; frame < frames; frame++, written++)
            {
                for (int channel = 0; channel < channels; channel++)
                    buffer[(written * channels) + channel] = _block[channel][frame];
            }
        }

        return written * channels;
    }

    public void Dispose()
    {
        if (!_done)
            End();
    }

    private int Next(int most)
    {
        AudioBlock block = _block.Block(most);
        int frames = _ended ? 0 : source(_position, block);
        if (frames == 0 && !_ended)
        {
            _ended = true;
            _chain.InputEnds();
        }

        if (_ended)
        {
            frames = Math.Min(most, _late);
            _late -= frames;
            block = _block.Block(frames);
            if (start.Arrived is { } arrived)
                arrived.Read(_position, block);
            else
                block.Clear();
        }

        if (frames > 0)
            _chain.Process(_block.Block(frames));
        else
            End();
        _position += frames;
        return frames;
    }

    private void End()
    {
        _done = true;
        _chain.Close();
        _chain.LineEnded();
        start.Dispose();
        owned.Dispose();
        line.End();
    }
}
