using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Resampling;

/// <summary>
/// Changes the sample rate of a stream: flat within 0.01 dB to 0.43 of the lower rate, images and aliases below -90 dB
/// from 0.5 of it on. The first output sample stands for the first input sample and the whole is round(input frames *
/// output rate / input rate) frames long; an output sample can only be made <see cref="LookAhead"/> input frames later.
/// Equal rates pass bit for bit. The output does not depend on how the input was cut. One thread at a time; allocates
/// only when made.
/// </summary>
// Not NAudio's WDL resampler: measured, -28 dB at 0.43 of the lower rate by default, where this one is flat.
internal sealed class Resampler
{
    /// <summary>The lowest rate on either side, in Hz.</summary>
    public const int MinimumRate = 8_000;

    /// <summary>The highest rate on either side, in Hz.</summary>
    public const int MaximumRate = 192_000;

    private const int BufferedFrames = 2_048;

    private readonly ResamplingKernel _kernel;
    private readonly float[][] _held;
    private readonly bool _passes;
    private int _heldFrames;
    // Where the next output sample's window starts among the held frames, and its place behind the input sample, in
    // parts of 1 / Up.
    private int _window;
    private int _place;
    private long _consumed;
    private long _produced;
    private bool _flushing;

    /// <summary>Makes a resampler; a pair of rates met for the first time costs some milliseconds of filter
    /// design.</summary>
    /// <param name="inputRate">Rate of the input, in Hz.</param>
    /// <param name="outputRate">Rate of the output, in Hz.</param>
    /// <param name="channels">Channels of both, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside 8 to 192 kHz, or there is no
    /// channel.</exception>
    public Resampler(int inputRate, int outputRate, int channels)
    {
        CheckRate(inputRate, nameof(inputRate));
        CheckRate(outputRate, nameof(outputRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        InputRate = inputRate;
        OutputRate = outputRate;
        Channels = channels;
        _passes = inputRate == outputRate;
        _kernel = ResamplingKernel.For(inputRate, outputRate);
        LookAhead = _passes ? 0 : _kernel.LookAhead;
        _held = new float[_passes ? 0 : channels][];
        for (int channel = 0; channel < _held.Length; channel++)
            _held[channel] = GC.AllocateArray<float>(_kernel.Taps + BufferedFrames, pinned: true);
        Reset();
    }

    /// <summary>Rate of the input, in Hz.</summary>
    public int InputRate { get; }

    /// <summary>Rate of the output, in Hz.</summary>
    public int OutputRate { get; }

    /// <summary>Channels of input and output.</summary>
    public int Channels { get; }

    /// <summary>Input frames that must have come behind a moment before the output of that moment can be
    /// made.</summary>
    public int LookAhead { get; }

    /// <summary>Forgets everything; the next input is the first of a new stream.</summary>
    public void Reset()
    {
        // Silence in front of the first sample, as much as its window reaches back.
        _heldFrames = _kernel.Taps - 1 - _kernel.LookAhead;
        foreach (float[] channel in _held)
            Array.Clear(channel);
        _window = 0;
        _place = 0;
        _consumed = 0;
        _produced = 0;
        _flushing = false;
    }

    /// <summary>Resamples until the input is used up or the output is full. Call again with what was not
    /// consumed.</summary>
    /// <param name="input">The frames that follow those consumed so far; may be empty.</param>
    /// <param name="output">Room for frames at <see cref="OutputRate"/>.</param>
    /// <exception cref="InvalidOperationException">The stream has been flushed and not reset.</exception>
    public ResampleStep Process(AudioBlock input, AudioBlock output)
    {
        CheckChannels(input);
        CheckChannels(output);
        if (_flushing)
            throw new InvalidOperationException("The resampler was flushed; Reset it before a new stream.");
        if (_passes)
        {
            int copied = Math.Min(input.Frames, output.Frames);
            input.Slice(0, copied).CopyTo(output);
            _consumed += copied;
            _produced += copied;
            return new ResampleStep(copied, copied);
        }

        int consumed = 0;
        int produced = 0;
        while (true)
        {
            produced += Produce(output, produced, output.Frames - produced);
            if (produced == output.Frames || consumed == input.Frames)
                break;
            DropUsed();
            int taken = Math.Min(input.Frames - consumed, _held[0].Length - _heldFrames);
            for (int channel = 0; channel < Channels; channel++)
                input[channel].Slice(consumed, taken).CopyTo(_held[channel].AsSpan(_heldFrames));
            _heldFrames += taken;
            consumed += taken;
        }

        _consumed += consumed;
        return new ResampleStep(consumed, produced);
    }

    /// <summary>Gives the rest of the stream once all input has been processed. Call until it returns 0.</summary>
    /// <param name="output">Room for frames at <see cref="OutputRate"/>.</param>
    /// <returns>Frames written; 0 when all have been.</returns>
    public int Flush(AudioBlock output)
    {
        CheckChannels(output);
        _flushing = true;
        if (_passes)
            return 0;
        long total = ((2 * _consumed * _kernel.Up) + _kernel.Down) / (2L * _kernel.Down);
        int wanted = (int)Math.Min(output.Frames, total - _produced);
        int produced = 0;
        while (produced < wanted)
        {
            produced += Produce(output, produced, wanted - produced);
            DropUsed();
            for (int channel = 0; channel < Channels; channel++)
                _held[channel].AsSpan(_heldFrames).Clear();
            _heldFrames = _held[0].Length;
        }

        return produced;
    }

    private int Produce(AudioBlock output, int start, int room)
    {
        int window = _window;
        int place = _place;
        int frames = 0;
        int whole = _kernel.Down / _kernel.Up;
        int part = _kernel.Down % _kernel.Up;
        for (int channel = 0; channel < Channels; channel++)
        {
            Span<float> target = output[channel].Slice(start, room);
            Span<float> held = _held[channel].AsSpan(0, _heldFrames);
            window = _window;
            place = _place;
            frames = 0;
            while (frames < target.Length && window + _kernel.Taps <= held.Length)
            {
                target[frames++] = _kernel.At(ref held[window], place);
                window += whole;
                place += part;
                if (place >= _kernel.Up)
                {
                    place -= _kernel.Up;
                    window++;
                }
            }
        }

        _window = window;
        _place = place;
        _produced += frames;
        return frames;
    }

    private void DropUsed()
    {
        // Decimating, the next window may start behind everything held.
        int dropped = Math.Min(_window, _heldFrames);
        for (int channel = 0; channel < Channels; channel++)
            _held[channel].AsSpan(dropped, _heldFrames - dropped).CopyTo(_held[channel]);
        _heldFrames -= dropped;
        _window -= dropped;
    }

    private void CheckChannels(AudioBlock block)
    {
        if (block.Channels != Channels)
            throw new ArgumentException(
                $"The resampler has {Channels} channels, the block {block.Channels}.", nameof(block));
    }

    private static void CheckRate(int rate, string name)
    {
        if (rate is < MinimumRate or > MaximumRate)
            throw new ArgumentOutOfRangeException(
                name, rate, $"The resampler runs from {MinimumRate} to {MaximumRate} Hz.");
    }
}
