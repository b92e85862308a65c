using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class SettingsAreHeard : ConformanceCheck
{
    public override string Promise => "Every setting changes the sound, from the start and when it is moved.";

    public override string LikelyCause => "The setting is read in Prepare and not in SetParameter, or not at all.";

    public override string Fix => "Use the value, declare the setting structural when it cannot move, or take it out.";

    public override void Check(Subject subject)
    {
        // Long enough for what happens only now and then; loud, then so quiet that a gate closes; in stereo for what
        // one channel cannot show.
        float[] voice = [.. Signals.Voice(18_000, Rate, 2), .. Signals.Voice(12_000, Rate, 0.002)];
        float[] Hear(Line line) => line.Run([voice, voice], _ => 1024)[1];
        if (subject.Curve.Points.Count > 0)
        {
            var flat = Hear((subject with { Curve = FrequencyCurve.Flat }).Line(Rate, 2));
            if (!(Difference(flat, Hear(subject.Line(Rate, 2))) > 1e-4))
                Fail("The curve makes no difference.");
        }

        foreach (var parameter in subject.Parameters.Where(p => p.Points is null))
        {
            // What it acts on may be off by default, so the others are tried at their bounds as well.
            bool changes = false;
            bool moves = parameter.IsStructural;
            foreach (var others in new Func<Parameter, double>[] { p => p.Default, p => p.Maximum, p => p.Minimum })
            {
                if (changes && moves)
                    break;
                Line At(double value) => subject.Line(
                    Rate, 2, settings: [.. subject.Parameters.Select(p => (p.Id, p == parameter ? value : others(p)))]);
                var low = Hear(At(parameter.Minimum));
                changes |= Difference(low, Hear(At(parameter.Maximum))) > 1e-4;
                if (parameter.IsStructural)
                    continue;
                var line = At(parameter.Minimum);
                line.Set(parameter.Id, parameter.Maximum);
                moves |= Difference(low, Hear(line)) > 1e-4;
            }

            if (!changes)
                Fail($"\"{parameter}\" at {parameter.Minimum} and at {parameter.Maximum} sound the same.");
            if (!moves)
                Fail($"Moving \"{parameter}\" from {parameter.Minimum} to {parameter.Maximum} makes no difference.");
        }
    }
}
