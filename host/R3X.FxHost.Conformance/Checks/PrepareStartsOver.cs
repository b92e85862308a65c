using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class PrepareStartsOver : ConformanceCheck
{
    public override string Promise =>
        "An instance that is prepared again, for another rate and back, is as good as new.";

    public override string LikelyCause => "Prepare leaves something as the line before, or the rate before, left it.";

    public override string Fix => "Set every field in Prepare, from setup alone, and let it end as Reset does.";

    public override void Check(Subject subject)
    {
        var sound = Signals.Voice(3000, Rate, 1.5);
        var effect = subject.Create();
        var values = effect.Parameters.Select(p => p.Default).ToArray();
        (float[] Heard, EffectTiming Timing) Process(int rate)
        {
            var format = new AudioFormat(rate, 1);
            var timing = effect.Prepare(new EffectSetup(format, 1024, RenderQuality.Full, 1, effect.Parameters, values)
            {
                Curve = subject.Curve,
            });
            var samples = sound.ToArray();
            for (int start = 0; start < samples.Length; start += 1000)
                effect.Process(new AudioBlock(samples.AsSpan(start, 1000)));
            return (samples, timing);
        }

        var first = Process(Rate);
        Process(16_000);
        var again = Process(Rate);
        Same([sound], [first.Heard], [again.Heard], "Prepared for 44,100 Hz, 16,000 Hz and 44,100 Hz again");
        if (first.Timing != again.Timing)
            Fail($"Prepared again the same way, it declares {again.Timing} in place of {first.Timing}.");
    }
}
