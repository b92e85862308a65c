using System;
using System.Globalization;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Finds float samples that somebody wrote in the range of integers, with peaks of 20,000 where full scale is 1, and
/// brings them to full scale 1. The first 5 ms of sound are held; where they, or those up to 50 ms, reach full scale, a
/// second is, to be judged: a room's hiss in front of the voice may be all of the first. Later on 5 ms are held where
/// they go beyond eight times full scale. Other lines pass as they are. What comes out does not depend on how the line
/// was cut. One piece, one thread; allocates where something is held.
/// </summary>
/// <param name="format">The piece's format.</param>
/// <param name="fromDecoder">Whether a decoder made the samples, which may go beyond full scale: then the beginning is
/// not held.</param>
internal sealed class FloatRange(AudioFormat format, bool fromDecoder)
{
    private const int InputFrames = 1_024;

    // No mix goes there, +18 dBFS; what does is written in another range, or damaged.
    private const float Largest = 8;
    private const float Absurd = 1e6f;

    private AudioBuffer _frames = new(format.Channels, InputFrames);
    private int _start;
    private int _end;
    private int _wanted;
    private int _judged;
    private long _sounding;
    private float _fullScale = 1;
    private bool _isBeginning;
    private bool _isLong;
    private bool _hasEnded;

    /// <summary>Samples beyond all reason, which are silence now.</summary>
    public long DamagedSamples { get; private set; }

    /// <summary>What is to be told; null where the samples are in the range they should be in.</summary>
    public string? Warning => _fullScale == 1 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The float samples are in the range of integers and were divided by {(long)_fullScale:#,0}:"
            + $" full scale of float samples is 1. Have whatever writes them divide them.");

    private int Held => _end - _start;

    /// <summary>Room for the next frames, to be filled once <see cref="Take"/> has no more to give.</summary>
    public AudioBlock Input
    {
        get
        {
            if (_end + InputFrames > _frames.Frames)
            {
                bool isFull = Held + InputFrames > _frames.Frames;
                AudioBuffer room = isFull ? new AudioBuffer(format.Channels, 2 * _frames.Frames) : _frames;
                _frames.Block(_start, Held).CopyTo(room.Block(Held));
                _frames = room;
                (_start, _end) = (0, Held);
            }

            return _frames.Block(_end, InputFrames);
        }
    }

    /// <summary>Says how many frames were put into <see cref="Input"/>.</summary>
    public void Given(int frames) => _end += frames;

    /// <summary>Says that nothing follows: what is held is judged as it is.</summary>
    public void End() => _hasEnded = true;

    /// <summary>Takes what need not be held any longer.</summary>
    /// <param name="output">Room.</param>
    /// <returns>Frames written.</returns>
    public int Take(AudioBlock output)
    {
        int written = 0;
        while (written < output.Frames && Held > 0)
        {
            if (_wanted > 0)
            {
                if (Held < _wanted && !_hasEnded)
                    break;
                Judge(_frames.Block(_start, Math.Min(_wanted, Held)));
                continue;
            }

            int frames = Math.Min(Held, output.Frames - written);
            frames = _judged > 0 ? Math.Min(_judged, frames) : Calm(_frames.Block(_start, frames));
            _judged = Math.Max(0, _judged - frames);
            if (frames == 0)
                continue;
            AudioBlock block = output.Slice(written, frames);
            _frames.Block(_start, frames).CopyTo(block);
            Scale(block);
            _start += frames;
            written += frames;
        }

        return written;
    }

    // How many frames are as sound is; those behind them are to be judged.
    private int Calm(AudioBlock block)
    {
        long early = fromDecoder ? 0 : format.Frames(50);
        for (int i = 0; i < block.Frames; i++)
        {
            float peak = 0;
            for (int channel = 0; channel < block.Channels; channel++)
                peak = Math.Max(peak, Math.Abs(block[channel][i]));
            bool isEarly = _sounding < early;
            if (peak > 0 && isEarly ? _sounding == 0 || peak >= _fullScale : peak > Largest * _fullScale)
            {
                _isBeginning = isEarly && _sounding == 0;
                HoldFor(isLong: isEarly && _sounding > 0);
                return i;
            }

            if (peak > 0 || _sounding > 0)
                _sounding++;
        }

        return block.Frames;
    }

    private void Judge(AudioBlock block)
    {
        int sounding = 0;
        int beyond = 0;
        int whole = 0;
        float peak = 0;
        for (int channel = 0; channel < block.Channels; channel++)
        {
            foreach (float sample in block[channel])
            {
                float magnitude = Math.Abs(sample);
                peak = Math.Max(peak, magnitude);
                if (magnitude == 0)
                    continue;
                sounding++;
                beyond += magnitude > Largest * _fullScale ? 1 : 0;
                whole += magnitude == MathF.Floor(magnitude) ? 1 : 0;
            }
        }

        if (_isBeginning && peak >= 1)
        {
            _isBeginning = false;
            HoldFor(isLong: true);
            return;
        }

        (_wanted, _judged) = (0, block.Frames);
        _sounding = _isBeginning ? block.Frames : format.SampleRate;
        _isBeginning = false;
        // A few are damaged; in front of a voice there is a pause. Whole numbers with silence between them are no
        // square wave of full scale.
        int silent = (block.Frames * block.Channels) - sounding;
        bool isWhole = _isLong && whole == sounding && (peak >= 2 || 8 * silent > sounding);
        if ((_isLong ? 50 : 4) * beyond > sounding || (peak >= 1 && isWhole))
            _fullScale = peak < 1 << 16 ? 1 << 15 : peak < 1 << 24 ? 1 << 23 : 1u << 31;
    }

    private void HoldFor(bool isLong)
    {
        _isLong = isLong;
        _wanted = format.Frames(isLong ? 1_000 : 5);
    }

    private void Scale(AudioBlock block)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            foreach (ref float sample in block[channel])
            {
                sample /= _fullScale;
                if (Math.Abs(sample) <= Absurd)
                    continue;
                sample = 0;
                DamagedSamples++;
            }
        }
    }
}
