using System.Diagnostics;
using R3X.FxHost.Conformance.Checks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Works longer on a block than it lasts, now and then.</summary>
[Breaks(typeof(BlocksAreInTime))]
internal sealed class IsSlow : HealthyEffect
{
    // The other checks have better things to do than to wait for it.
    private const int Block = 512;
    private const int Every = 5000;
    private int _frames;

    public override void Process(AudioBlock block)
    {
        base.Process(block);
        if (block.Frames != Block || (_frames += block.Frames) < Every)
            return;
        _frames -= Every;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < (double)block.Frames / Setup.Format.SampleRate)
        {
        }
    }
}
