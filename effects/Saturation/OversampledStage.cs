using System;
using System.Numerics;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// The curve at four times the rate, averaged between samples. Clean and driven sound are blended here, behind the same
/// filters, so that a blend does not comb.
/// </summary>
internal sealed class OversampledStage : IDriveStage
{
    // Undoes the droop of averaging two neighbours, cos(w/2), within 0.02 dB to the Nyquist frequency of the line.
    private const float Lift = 0.14f;
    private const int Before = 2;

    private readonly Oversampler _oversampler;
    private readonly History[] _histories;
    private readonly float[] _input = new float[Before + (Oversampler.Factor * SegmentClock.Frames) + Vector<float>.Count];
    private readonly float[] _output = new float[Before + (Oversampler.Factor * SegmentClock.Frames) + Vector<float>.Count];

    public OversampledStage(int channels)
    {
        _oversampler = new Oversampler(channels);
        _histories = new History[channels];
    }

    // The mean of two samples is half a sample late, the lift one.
    public int LatencyFrames => (int)Math.Round(Oversampler.DelayFrames + (1.5 / Oversampler.Factor));

    public int TailFrames => Oversampler.RingFrames;

    public void Begin(int channel, ReadOnlySpan<float> samples)
    {
        int count = Oversampler.Factor * samples.Length;
        ref var history = ref _histories[channel];
        _input[Before - 1] = history.Input;
        _output[0] = history.Older;
        _output[1] = history.Newer;
        _oversampler.Up(channel, samples, _input.AsSpan(Before, count));
        history.Input = _input[Before + count - 1];
    }

    public void Drive(int frames, ref DriveRamps ramps)
    {
        if (!ramps.IsMoving)
        {
            Drive(0, frames, ramps.Now);
            return;
        }

        for (int i = 0; i < frames; i++)
            Drive(i, 1, ramps.Next());
    }

    public void End(int channel, Span<float> samples)
    {
        int count = Oversampler.Factor * samples.Length;
        ref var history = ref _histories[channel];
        history.Older = _output[count];
        history.Newer = _output[count + 1];
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            var outer = new Vector<float>(_output, i) + new Vector<float>(_output, i + 2);
            (((1 + (2 * Lift)) * new Vector<float>(_output, i + 1)) - (Lift * outer)).CopyTo(_input, i);
        }

        _oversampler.Down(channel, _input.AsSpan(0, count), samples);
    }

    public void Flush()
    {
        _oversampler.Flush();
        foreach (ref var history in _histories.AsSpan())
        {
            history.Input = Denormal.Flush(history.Input);
            history.Older = Denormal.Flush(history.Older);
            history.Newer = Denormal.Flush(history.Newer);
        }
    }

    public void Clear()
    {
        _oversampler.Clear();
        Array.Clear(_histories);
    }

    // What a last vector computes past the frames is overwritten by the next ones.
    private void Drive(int start, int frames, in DriveCurve curve)
    {
        int end = Before + (Oversampler.Factor * (start + frames));
        for (int i = Before + (Oversampler.Factor * start); i < end; i += Vector<float>.Count)
            curve.Between(new Vector<float>(_input, i - 1), new Vector<float>(_input, i)).CopyTo(_output, i);
    }

    private struct History
    {
        public float Input;
        public float Older;
        public float Newer;
    }
}
