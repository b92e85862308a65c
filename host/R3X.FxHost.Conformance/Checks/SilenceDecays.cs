using System;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class SilenceDecays : ConformanceCheck
{
    public override string Promise =>
        "Six seconds after the last sound the output is exactly 0; when nothing ever came it is 0 from the start.";

    public override string LikelyCause =>
        "A loop decays into denormal numbers, or something is added to the sound (noise, an offset, a tone).";

    public override string Fix =>
        "Set state that has decayed to 0 (Denormal), and add nothing where there is no input.";

    public override void Check(Subject subject)
    {
        var line = subject.Line();
        Silent(line.Run(new float[4096]), "When nothing ever came");
        line.Run(Signals.Noise(Rate / 2));
        line.Run(new float[6 * Rate]);
        Silent(line.Run(new float[4096]), "Six seconds after half a second of noise");
    }

    private static void Silent(float[] heard, string when)
    {
        if (Array.FindIndex(heard, s => s != 0) is var at and >= 0)
            Fail($"{when}, {heard[at]:R} comes out.", FailedBlock.Around(at, Rate, new float[heard.Length], heard,
                new float[heard.Length]));
    }
}
