using System;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Gives a curve four samples for each, so that the harmonics it makes find room above the sound instead of folding back into
/// it. Flat to 0.45 of the sample rate; images and aliases are down by 106 dB. Allocates once. Audio thread.
/// </summary>
public sealed class Oversampler
{
    /// <summary>Samples made of each.</summary>
    public const int Factor = 4;

    private static readonly float[] SteepDesign = HalfBandDesign.Coefficients(HalfBand.Steep, 0.05);
    private static readonly float[] WideDesign = HalfBandDesign.Coefficients(HalfBand.Wide, 0.25);

    private readonly Stages[] _channels;
    private readonly float[] _twice = new float[2 * SegmentClock.Frames];

    /// <summary>Allocates an oversampler at rest.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    public Oversampler(int channels)
    {
        _channels = new Stages[channels];
        for (int i = 0; i < channels; i++)
            _channels[i] = new Stages(new(SteepDesign), new(WideDesign), new(WideDesign), new(SteepDesign));
    }

    /// <summary>
    /// What low frequencies are delayed by on the way up and down, in frames (a fraction). High ones come later: 1.3 times at
    /// 0.2 of the sample rate, 2.7 times at 0.4.
    /// </summary>
    public static double DelayFrames { get; } = MeasureDelay();

    /// <summary>Frames until a sound that ended <see cref="DelayFrames"/> ago is below -100 dB.</summary>
    public static int RingFrames { get; } = MeasureRing();

    /// <summary>Makes four samples of each.</summary>
    /// <param name="channel">Whose memory to use.</param>
    /// <param name="input">At most <see cref="SegmentClock.Frames"/> samples.</param>
    /// <param name="output">Four times as many.</param>
    public void Up(int channel, ReadOnlySpan<float> input, Span<float> output)
    {
        var twice = _twice.AsSpan(0, 2 * input.Length);
        _channels[channel].UpSteep.Up(input, twice);
        _channels[channel].UpWide.Up(twice, output);
    }

    /// <summary>Makes one sample of every four.</summary>
    /// <param name="channel">Whose memory to use.</param>
    /// <param name="input">Four times as many samples as the output.</param>
    /// <param name="output">At most <see cref="SegmentClock.Frames"/> samples.</param>
    public void Down(int channel, ReadOnlySpan<float> input, Span<float> output)
    {
        var twice = _twice.AsSpan(0, 2 * output.Length);
        _channels[channel].DownWide.Down(input, twice);
        _channels[channel].DownSteep.Down(twice, output);
    }

    /// <summary>Takes state that has decayed to 0.</summary>
    public void Flush()
    {
        foreach (var stages in _channels)
        {
            stages.UpSteep.Flush();
            stages.UpWide.Flush();
            stages.DownWide.Flush();
            stages.DownSteep.Flush();
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var stages in _channels)
        {
            stages.UpSteep.Clear();
            stages.UpWide.Clear();
            stages.DownWide.Clear();
            stages.DownSteep.Clear();
        }
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
        var response = new float[4 * SegmentClock.Frames];
        var many = new float[Factor * SegmentClock.Frames];
        response[0] = 1;
        for (int start = 0; start < response.Length; start += SegmentClock.Frames)
        {
            var segment = response.AsSpan(start, SegmentClock.Frames);
            oversampler.Up(0, segment, many);
            oversampler.Down(0, many, segment);
        }

        return response;
    }

    private readonly record struct Stages(HalfBand UpSteep, HalfBand UpWide, HalfBand DownWide, HalfBand DownSteep);
}
