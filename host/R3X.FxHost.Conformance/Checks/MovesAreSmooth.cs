using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class MovesAreSmooth : ConformanceCheck
{
    private const int Frames = 32_768;
    private const int Start = 8192;
    private const int Length = 16_384;

    // -75 dB of the tone: 6 dB below the steps of a level that jumps from cell to cell over the same way.
    private const double Least = 3.2e-8;

    // Seconds over the whole range: quicker than any movement of a preset.
    private const double Sweep = 0.186;

    public override string Promise =>
        "A setting that sweeps leaves no more highs on a low tone than the same settings do when they stand: no "
        + "zipper.";

    public override string LikelyCause => "A new value is taken up at once, in steps that are heard.";

    public override string Fix =>
        "Ramp to it linearly over ParameterGrid.Frames frames (Ramp), and interpolate coefficients; a setting that "
        + "cannot move is declared structural.";

    public override void Check(Subject subject)
    {
        if (subject.Parameters.All(p => p.IsStructural))
            DoesNotApply("No setting can move.");
        foreach (int rate in new[] { 16_000, 44_100, 48_000 })
        {
            foreach (var parameter in subject.Parameters.Where(p => !p.IsStructural))
            {
                // What it acts on may be off by default, so the others are turned up as well.
                Smooth(subject, rate, parameter, p => p.Default);
                Smooth(subject, rate, parameter, p => p.Maximum);
            }
        }
    }

    private static void Smooth(Subject subject, int rate, Parameter parameter, Func<Parameter, double> others)
    {
        Line At(double value) => subject.Line(
            rate, settings: [.. subject.Parameters.Select(p => (p.Id, p == parameter ? value : others(p)))]);
        var tone = Signals.Sine(Frames, 100, rate, Math.Pow(10, -12 / 20.0));
        var line = At(parameter.Minimum);
        var moved = line.Run([tone], _ => ParameterGrid.Frames, at =>
        {
            if (at >= Start)
                line.Set(
                    parameter.Id, Between(parameter, 1 - Math.Abs(1 - Math.Min(2, (at - Start) / (Sweep * rate)))));
        })[0];
        // From where the effect has settled.
        double moving = Highs.Power(moved.AsSpan(Start, Length));
        double standing = 0;
        double loudest = tone.Average(s => (double)s * s);
        bool IsSmooth() => moving <= (4 * standing) + (Least * loudest);
        // Most settings leave so little that none of the places on the way need be looked at.
        for (int i = 16; i >= 0 && !IsSmooth(); i--)
        {
            var stood = At(Between(parameter, i / 16.0)).Run(tone);
            standing = Math.Max(standing, Highs.Power(stood.AsSpan(Start, Length)));
            loudest = Math.Max(loudest, stood.Skip(Start).Average(s => (double)s * s));
        }

        if (!IsSmooth())
            Fail(
                $"\"{parameter}\" leaves {Highs.Level(moving / loudest)} of highs while it moves, "
                    + $"{Highs.Level(standing / loudest)} while it stands. Settings: {line}.",
                FailedBlock.Around(Start + 1024, rate, tone, moved));
    }

    private static double Between(Parameter parameter, double share) => parameter.Curve == ParameterCurve.Logarithmic
        ? parameter.Minimum * Math.Pow(parameter.Maximum / parameter.Minimum, share)
        : parameter.Minimum + (share * (parameter.Maximum - parameter.Minimum));
}
