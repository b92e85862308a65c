using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class NeutralIsReachedWithoutAClick : ConformanceCheck
{
    private const int Length = 4096;
    // As quick as a setting that moves in MovesAreSmooth: quicker than any movement of a preset.
    private const int Glide = 8192;
    private const int Leaves = 8192;
    private const int Returns = Leaves + Glide + (2 * Length);

    private const double Amplitude = 0.25;

    public override string Promise =>
        "Moving all settings to neutral, and back, in the middle of a tone makes no click, as a preset's amount "
        + "does: no more highs than a crossfade over 32 frames from the tone to its opposite.";

    public override string LikelyCause =>
        "The effect goes around its filters and delays as soon as it is neutral, and its output jumps.";

    public override string Fix =>
        "Go around only what is exact by then, crossfade into it, and keep what is left out fed while it is.";

    public override void Check(Subject subject)
    {
        if (!subject.Parameters.Any(p => p.Neutral is not null))
            DoesNotApply("No setting has a neutral value.");
        foreach (int rate in new[] { 16_000, 48_000 })
        {
            foreach (bool farthest in new[] { false, true })
                Clickless(subject, rate, farthest);
        }
    }

    private static void Clickless(Subject subject, int rate, bool farthest)
    {
        double At(Parameter p, double amount) => p.Neutral is not { } neutral ? p.Default
            : Between(p, neutral, farthest ? Farthest(p, neutral) : p.Default, amount);
        var tone = Signals.Sine(Returns + Glide + (2 * Length), 100, rate, Amplitude);
        var line = subject.Line(rate, settings: [.. subject.Parameters.Select(p => (p.Id, At(p, 1)))]);
        var moved = line.Run([tone], _ => ParameterGrid.Frames, at =>
        {
            double amount = at < Returns ? 1 - Share(at - Leaves) : Share(at - Returns);
            if (at < Leaves || (at > Leaves + Glide && at < Returns) || at > Returns + Glide)
                return;
            foreach (var parameter in subject.Parameters.Where(p => p.Neutral is not null))
                line.Set(parameter.Id, At(parameter, amount));
        })[0];
        double loudest = Math.Max(Amplitude * Amplitude / 2, moved.Average(s => (double)s * s));
        double most = 2 * OfACrossfade(rate) * loudest / (Amplitude * Amplitude / 2);
        int worst = Windows(Leaves - (Length / 2), Length / 4, moved).MaxBy(from => PowerAt(moved, from));
        double power = PowerAt(moved, worst);
        double standing = 0;
        // Most effects leave so little that none of the places on the way need be looked at.
        for (int i = 0; i <= 8 && !(power <= most + (4 * standing)); i++)
        {
            var stood = subject.Line(rate, settings: [.. subject.Parameters.Select(p => (p.Id, At(p, i / 8.0)))])
                .Run(tone);
            standing = Math.Max(standing, Windows(Leaves, Length / 2, stood).Max(from => PowerAt(stood, from)));
        }

        if (!(power <= most + (4 * standing)))
            Fail(
                $"{Highs.Level(power / loudest)} of highs when its settings move to neutral and back within "
                    + $"{Glide} frames, {Highs.Level(standing / loudest)} while they stand; "
                    + $"{Highs.Level((most + (4 * standing)) / loudest)} are allowed. "
                    + $"Settings: {line}.",
                FailedBlock.Around(Steepest(moved, worst), rate, tone, moved));
    }

    private static IEnumerable<int> Windows(int from, int step, float[] samples)
    {
        for (; from + Length <= samples.Length; from += step)
            yield return from;
    }

    private static double PowerAt(float[] samples, int from) => Highs.Power(samples.AsSpan(from, Length));

    // The most that may happen within a ramp: the sound turns over, from a peak of it on. Twice its power is allowed,
    // as an effect may be louder there than on average.
    private static double OfACrossfade(int rate)
    {
        var tone = Signals.Sine(Length, 100, rate, Amplitude);
        int peak = Enumerable.Range(Length / 2, rate / 100).MaxBy(i => tone[i]);
        for (int i = peak; i < Length; i++)
            tone[i] *= 1 - (2 * Math.Min(1f, (float)(i - peak) / ParameterGrid.Frames));
        return Highs.Power(tone);
    }

    private static double Share(int frames) => Math.Clamp((double)frames / Glide, 0, 1);

    private static double Between(Parameter p, double from, double to, double share) =>
        p.Curve == ParameterCurve.Logarithmic ? from * Math.Pow(to / from, share) : from + (share * (to - from));

    private static double Farthest(Parameter p, double neutral) =>
        Math.Abs(p.Maximum - neutral) >= Math.Abs(p.Minimum - neutral) ? p.Maximum : p.Minimum;

    private static int Steepest(float[] samples, int from) =>
        Enumerable.Range(from, Length - 1).MaxBy(i => Math.Abs(samples[i + 1] - samples[i]));
}
