using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Brings a piece of a line that has another rate or other channels than the line began with to the line's format. One
/// piece, one thread; allocates when made.
/// </summary>
internal sealed class FormatFit
{
    /// <summary>The most frames <see cref="Input"/> holds.</summary>
    public const int MostFrames = 1_152;

    private readonly AudioBuffer _input;
    private readonly AudioBuffer _mapped;
    private readonly Resampler _resampler;
    private readonly MonoFold _fold;
    private int _start;
    private int _frames;
    private bool _ended;

    /// <summary>Makes one.</summary>
    /// <param name="from">The piece's format, 8 to 192 kHz, one channel or two.</param>
    /// <param name="to">The line's.</param>
    public FormatFit(AudioFormat from, AudioFormat to)
    {
        _input = new AudioBuffer(from.Channels, MostFrames);
        _mapped = new AudioBuffer(to.Channels, MostFrames);
        _fold = new MonoFold(from.SampleRate);
        _resampler = new Resampler(from.SampleRate, to.SampleRate, to.Channels);
    }

    /// <summary>Whether all that was given has been taken.</summary>
    public bool IsEmpty => _start == _frames;

    /// <summary>
    /// Room for the piece's next frames, in its own format; to be filled only when <see cref="IsEmpty"/>.
    /// </summary>
    public AudioBlock Input => _input.Block(MostFrames);

    /// <summary>Says how many frames were put into <see cref="Input"/>.</summary>
    public void Given(int frames)
    {
        _start = 0;
        _frames = frames;
        AudioBlock given = _input.Block(frames);
        AudioBlock mapped = _mapped.Block(frames);
        if (given.Channels == mapped.Channels)
        {
            given.CopyTo(mapped);
        }
        else if (mapped.Channels == 1)
        {
            _fold.Apply(given, mapped[0]);
        }
        else
        {
            given[0].CopyTo(mapped[0]);
            given[0].CopyTo(mapped[1]);
        }
    }

    /// <summary>Says that the piece has ended.</summary>
    public void End() => _ended = true;

    /// <summary>Takes what can be made of what was given; behind the end, the rest.</summary>
    /// <param name="output">Room for frames in the line's format.</param>
    /// <returns>Frames written.</returns>
    public int Take(AudioBlock output)
    {
        int written = 0;
        if (!IsEmpty)
        {
            ResampleStep step = _resampler.Process(_mapped.Block(_start, _frames - _start), output);
            _start += step.FramesConsumed;
            written = step.FramesProduced;
        }

        if (IsEmpty && _ended && written < output.Frames)
            written += _resampler.Flush(output.Slice(written, output.Frames - written));
        return written;
    }
}
