using System;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Gives a curve four samples for each, so that the harmonics it makes find room above the sound instead of folding
/// back into it. Flat to 0.45 of the sample rate; images and aliases are down by 106 dB. Allocates once. Audio thread.
/// </summary>
public sealed class Oversampler
{
    /// <summary>Samples made of each.</summary>
    public const int Factor = 4;

    // Curves multiply small numbers with each other; squares of what is below -260 dB would come near denormals.
    private const float Least = 1e-13f;

    private readonly HalfBandSystem[] _up;
    private readonly HalfBandSystem[] _down;

    /// <summary>Allocates an oversampler at rest.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="afterMeans">
    /// Whether the curve's samples are means of two neighbours (<see cref="CurveMean"/>): their droop is then undone on
    /// the way down, which costs another sample of the four.
    /// </param>
    public Oversampler(int channels, bool afterMeans = false)
    {
        _up = new HalfBandSystem[channels];
        _down = new HalfBandSystem[channels];
        for (int i = 0; i < channels; i++)
        {
            _up[i] = new HalfBandSystem(isUp: true, afterMeans: false);
            _down[i] = new HalfBandSystem(isUp: false, afterMeans);
        }
    }

    /// <summary>
    /// What low frequencies are delayed by on the way up and down, in frames (a fraction). High ones come later: 1.3
    /// times at 0.2 of the sample rate, 2.7 times at 0.4.
    /// </summary>
    public static double DelayFrames { get; } = MeasureDelay();

    /// <summary>Frames until a sound that ended <see cref="DelayFrames"/> ago is below -100 dB.</summary>
    public static int RingFrames { get; } = MeasureRing();

    /// <summary>Makes four samples of each.</summary>
    /// <param name="channel">Whose memory to use.</param>
    /// <param name="input">At most <see cref="SegmentedEffect.SegmentFrames"/> samples.</param>
    /// <param name="output">Four times as many.</param>
    [SkipLocalsInit]
    public void Up(int channel, ReadOnlySpan<float> input, Span<float> output)
    {
        var heard = StackMemory.Aligned(stackalloc float[StackMemory.Spare + SegmentedEffect.SegmentFrames])[
            ..input.Length];
        Denormal.Flush(input, heard, Least);
        _up[channel].Process(heard, output[..(Factor * input.Length)]);
    }

    /// <summary>Makes one sample of every four.</summary>
    /// <param name="channel">Whose memory to use.</param>
    /// <param name="input">Four times as many samples as the output.</param>
    /// <param name="output">At most <see cref="SegmentedEffect.SegmentFrames"/> samples; other memory than the
    /// input.</param>
    public void Down(int channel, ReadOnlySpan<float> input, Span<float> output) =>
        _down[channel].Process(input, output);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var system in _up)
            system.Clear();
        foreach (var system in _down)
            system.Clear();
    }

    // The centre of the impulse response is the group delay at 0 Hz.
    private static double MeasureDelay()
    {
        var response = Response();
        double sum = 0;
        double moment = 0;
        for (int i = 0; i < response.Length; i++)
        {
            sum += response[i];
            moment += (double)response[i] * i;
        }

        return moment / sum;
    }

    private static int MeasureRing()
    {
        var response = Response();
        int last = Array.FindLastIndex(response, y => Math.Abs(y) > 1e-5f);
        return last + 1 - (int)DelayFrames;
    }

    private static float[] Response()
    {
        var oversampler = new Oversampler(1);
        var impulse = new float[512];
        impulse[0] = 1;
        var many = new float[Factor * impulse.Length];
        for (int start = 0; start < impulse.Length; start += SegmentedEffect.SegmentFrames)
        {
            var segment = impulse.AsSpan(start, SegmentedEffect.SegmentFrames);
            oversampler.Up(0, segment, many);
            oversampler.Down(0, many.AsSpan(0, Factor * SegmentedEffect.SegmentFrames), segment);
        }

        return impulse;
    }
}
