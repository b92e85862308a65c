using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class MovesArrive : ConformanceCheck
{
    public override string Promise => "A setting that was moved to a value ends up sounding as one that began there.";

    public override string LikelyCause => "SetParameter stops short of the value, or takes it up in another unit.";

    public override string Fix => "Ramp to exactly what Prepare would have made of the value.";

    public override void Check(Subject subject)
    {
        if (subject.Parameters.All(p => p.IsStructural))
            DoesNotApply("No setting can move.");
        var sound = Signals.Voice(2 * Rate, Rate, 0.7);
        foreach (var parameter in subject.Parameters.Where(p => !p.IsStructural))
        {
            var settled = subject.Line((parameter.Id, parameter.Maximum)).Run(sound);
            var line = subject.Line((parameter.Id, parameter.Minimum));
            line.Set(parameter.Id, parameter.Maximum);
            var moved = line.Run(sound);

            // A clock that runs on through a move is elsewhere in its turn than a fresh one; what it does to the sound
            // is the same.
            bool arrives = subject.Role == EffectRole.Modulation
                ? Alike(settled.AsSpan(Rate, 32_768), moved.AsSpan(Rate, 32_768))
                : Difference(settled.AsSpan(Rate), moved.AsSpan(Rate)) < 1e-3;
            if (!arrives)
                Fail(
                    $"A second after \"{parameter}\" was moved to {parameter.Maximum} the sound is not that of a line "
                        + "that began there.",
                    FailedBlock.Around(Rate + WorstFrame(settled.AsSpan(Rate), moved.AsSpan(Rate)), Rate, sound, moved,
                        settled));
        }
    }

    // The same power in every third of an octave that matters, within 1 dB.
    private static bool Alike(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (powerA, powerB) = (Signals.PowerSpectrum(a), Signals.PowerSpectrum(b));
        double floor = 1e-5 * powerA.Sum();
        for (double low = 64; low < powerA.Length; low *= 1.26)
        {
            var band = (int)low..Math.Min((int)(low * 1.26), powerA.Length);
            double ratio = (powerA[band].Sum() + floor) / (powerB[band].Sum() + floor);
            if (!(ratio is >= 0.8 and <= 1.25))
                return false;
        }

        return true;
    }
}
