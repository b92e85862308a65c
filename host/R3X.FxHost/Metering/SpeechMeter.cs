using System;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering;

/// <summary>
/// Levels of a stream at a steady pace, for lights, mouths and meters: one for every stretch of so many milliseconds.
/// Stretches are counted in frames from the first one on and do not drift; however the stream is cut, the levels are
/// the same. One thread at a time; allocates only when made.
/// </summary>
internal sealed class SpeechMeter
{
    /// <summary>The length of a stretch unless told otherwise, in milliseconds: as often as eyes can tell.</summary>
    public const double UsualMilliseconds = 20;

    /// <summary>The shortest stretch, in milliseconds.</summary>
    public const double ShortestMilliseconds = 5;

    /// <summary>The longest stretch, in milliseconds.</summary>
    public const double LongestMilliseconds = 100;

    private const int LowestRate = 1_000;

    private readonly BandFilters[] _channels;
    private readonly double _framesPerLevel;
    private long _origin;
    private long _start;
    private long _end;
    private long _position;
    private long _levels;

    /// <summary>Makes a meter.</summary>
    /// <param name="format">Any rate from 1,000 Hz, and number of channels.</param>
    /// <param name="milliseconds">Length of a stretch, <see cref="ShortestMilliseconds"/> to
    /// <see cref="LongestMilliseconds"/>; need not be a whole number of frames.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length or format outside its range.</exception>
    public SpeechMeter(AudioFormat format, double milliseconds = UsualMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(format.SampleRate, LowestRate, nameof(format));
        ArgumentOutOfRangeException.ThrowIfLessThan(format.Channels, 1, nameof(format));
        Format = format;
        _framesPerLevel = Checked(milliseconds) * format.SampleRate / 1000;
        _channels = new BandFilters[format.Channels];
        for (int channel = 0; channel < _channels.Length; channel++)
            _channels[channel] = new BandFilters(format.SampleRate);
        Restart(0);
    }

    /// <summary>What is measured.</summary>
    public AudioFormat Format { get; }

    /// <summary>Measures up to the end of the stretch or of the block. Call it until it returns false; then all of the
    /// block was measured.</summary>
    /// <param name="block">As many channels as the format, any number of frames. What was measured is cut off its
    /// front.</param>
    /// <param name="level">The level of the stretch that has ended.</param>
    /// <returns>Whether one has ended.</returns>
    public bool Measure(ref AudioBlock block, out SpeechLevel level)
    {
        if (block.Channels != _channels.Length)
            throw new ArgumentException(
                $"The meter has {_channels.Length} channels, the block {block.Channels}.", nameof(block));
        int frames = (int)Math.Min(block.Frames, _end - _position);
        for (int channel = 0; channel < _channels.Length; channel++)
            _channels[channel].Measure(block[channel][..frames]);
        block = block.Slice(frames, block.Frames - frames);
        _position += frames;
        bool isFull = _position == _end;
        level = isFull ? Take() : default;
        return isFull;
    }

    /// <summary>Ends a stretch that is not full, as where the sound ends. The next one begins with the next
    /// frame.</summary>
    /// <param name="level">Its level.</param>
    /// <returns>Whether there was anything in it.</returns>
    public bool Finish(out SpeechLevel level)
    {
        bool hasAny = _position > _start;
        level = hasAny ? Take() : default;
        Begin(_position);
        return hasAny;
    }

    /// <summary>Forgets everything.</summary>
    /// <param name="frame">The number that the next frame has.</param>
    public void Restart(long frame = 0)
    {
        foreach (BandFilters channel in _channels)
            channel.Clear();
        _position = frame;
        Begin(frame);
    }

    internal static double Checked(double milliseconds) =>
        milliseconds is >= ShortestMilliseconds and <= LongestMilliseconds
        ? milliseconds
        : throw new ArgumentOutOfRangeException(nameof(milliseconds), milliseconds,
            $"Levels come every {ShortestMilliseconds} to {LongestMilliseconds} ms.");

    private void Begin(long frame)
    {
        _origin = frame;
        _levels = 0;
        Open();
    }

    private void Open()
    {
        _start = _position;
        _end = _origin + (long)Math.Round(++_levels * _framesPerLevel);
    }

    private SpeechLevel Take()
    {
        double energy = 0;
        float peak = 0;
        Vector256<float> bands = default;
        foreach (BandFilters channel in _channels)
        {
            (double channelEnergy, float channelPeak, Vector256<float> channelBands) = channel.Take();
            energy += channelEnergy;
            peak = Math.Max(peak, channelPeak);
            bands += channelBands;
        }

        int frames = (int)(_position - _start);
        double samples = (double)frames * _channels.Length;
        var level = new SpeechLevel(
            _start, frames, Format.SampleRate, (float)Math.Sqrt(energy / samples), peak,
                new BandLevels(Vector256.Sqrt(bands / Vector256.Create((float)samples))));
        Open();
        return level;
    }
}
