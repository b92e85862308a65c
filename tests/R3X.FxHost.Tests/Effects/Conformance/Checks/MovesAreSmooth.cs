using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>A setting that sweeps leaves no more highs on a low tone than the same settings do when they stand: no
/// zipper.</summary>
internal sealed class MovesAreSmooth : ConformanceCheck
{
    private const int Frames = 32_768;
    private const int Start = 8192;

    // -75 dB of the tone: 6 dB below the steps of a level that jumps from cell to cell over the same way.
    private const double Least = 3.2e-8;

    // Seconds over the whole range: quicker than any movement of a preset.
    private const double Sweep = 0.186;

    // Where highs begin, of the sample rate: 8 kHz at 44.1 kHz.
    private const double Highs = 0.18;

    public override void Check(Subject subject)
    {
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
        double standing = 0;
        double loudest = tone.Average(s => (double)s * s);
        for (int i = 0; i <= 16; i++)
        {
            var stood = At(Between(parameter, i / 16.0)).Run(tone);
            standing = Math.Max(standing, Above(stood));
            loudest = Math.Max(loudest, stood.Skip(Start).Average(s => (double)s * s));
        }

        var line = At(parameter.Minimum);
        var moved = line.Run([tone], _ => ParameterGrid.Frames, at =>
        {
            if (at >= Start)
                line.Set(
                    parameter.Id, Between(parameter, 1 - Math.Abs(1 - Math.Min(2, (at - Start) / (Sweep * rate)))));
        });
        double moving = Above(moved[0]);
        Assert.True(
            moving <= (4 * standing) + (Least * loudest),
            $"{parameter}: {10 * Math.Log10(moving / loudest):0.0} dB of highs while it moves, "
                + $"{10 * Math.Log10((standing / loudest) + 1e-20):0.0} dB while it stands: {line}");
    }

    private static double Between(Parameter parameter, double share) => parameter.Curve == ParameterCurve.Logarithmic
        ? parameter.Minimum * Math.Pow(parameter.Maximum / parameter.Minimum, share)
        : parameter.Minimum + (share * (parameter.Maximum - parameter.Minimum));

    // Mean power of the highs, from where the effect has settled.
    private static double Above(float[] samples)
    {
        const int Length = 16_384;
        var heard = samples.AsSpan(Start, Length).ToArray();
        for (int i = 0; i < Length; i++)
            heard[i] *= (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Length)));
        return Signals.PowerSpectrum(heard).Skip((int)(Highs * Length)).Sum() * 2 / ((double)Length * Length * 0.375);
    }
}
