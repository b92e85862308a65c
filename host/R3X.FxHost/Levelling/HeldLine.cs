using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// A line that is held back until it was measured. A long one that can be read again, and is not packed so tightly that decoding is the
/// dearer way, is not kept but read again. One thread at a time.
/// </summary>
/// <param name="format">Its rate and channels.</param>
/// <param name="audio">Where it comes from; null when it cannot be read again.</param>
internal sealed class HeldLine(AudioFormat format, SpeechAudio? audio = null) : IDisposable
{
    // 47 s of mono at 44.1 kHz.
    private const int MostKeptSamples = 1 << 21;

    private readonly LoudnessMeter _meter = new(format);
    private readonly DcBlocker _blocker = new(format);
    private readonly AudioBuffer _measured = new(format.Channels, ChainSetup.MaxBlockFrames);
    private SpillBuffer _spool = new(format);
    private SecondReading? _again;

    /// <summary>Its rate and channels.</summary>
    public AudioFormat Format => format;

    /// <summary>Whether nothing follows what is held.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Frames held.</summary>
    public long Frames { get; private set; }

    /// <summary>Its gated loudness in LUFS; null when it is silent or shorter than 400 ms.</summary>
    public double? Loudness => _meter.LoudBlocks > 0 ? _meter.Integrated : null;

    /// <summary>Holds the next frames.</summary>
    /// <param name="block">The frames.</param>
    /// <param name="bytes">How many bytes of the line they and all before them were decoded from; 0 when unknown.</param>
    public void Write(AudioBlock block, long bytes = 0)
    {
        Measure(block);
        Frames += block.Frames;
        if (_again is not null)
            return;
        _spool.Write(block);
        long samples = Frames * format.Channels;
        if (audio is not null && samples > MostKeptSamples && bytes >= samples)
        {
            _again = new SecondReading(audio);
            _spool.Dispose();
            _spool = new SpillBuffer(format);
        }
    }

    /// <summary>Reads frames from anywhere; those that follow the last ones read are the cheapest.</summary>
    /// <param name="frame">The first, counted from the line's first.</param>
    /// <param name="block">Where to.</param>
    /// <returns>Frames read: less than the block's only at the end.</returns>
    /// <exception cref="System.IO.IOException">They cannot be read any more.</exception>
    public int Read(long frame, AudioBlock block)
    {
        int frames = (int)Math.Min(block.Frames, Frames - frame);
        if (frames <= 0)
            return 0;
        return _again is null ? _spool.Read(frame, block) : _again.Read(frame, block.Slice(0, frames));
    }

    // As it will be levelled.
    private void Measure(AudioBlock block)
    {
        for (int at = 0; at < block.Frames;)
        {
            AudioBlock part = _measured.Block(Math.Min(block.Frames - at, _measured.Frames));
            block.Slice(at, part.Frames).CopyTo(part);
            _blocker.Process(part);
            _meter.Process(part);
            at += part.Frames;
        }
    }

    public void Dispose()
    {
        _spool.Dispose();
        _again?.Dispose();
    }
}
