using System.Linq;
using CsCheck;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class MovementReaderTests
{
    private static readonly Parameter Delay = new("delay", ParameterUnit.Milliseconds, 0.5, 3000, 8, "How long.");
    private static readonly Parameter Gain = new("gain", ParameterUnit.Decibels, -24, 24, 0, "How loud.");
    private static readonly Parameter Ratio = new("ratio", ParameterUnit.Ratio, 1, 20, 3, "How strong.");

    private static readonly Gen<(Parameter Parameter, Movement Movement)> Sayable =
        from parameter in Among(Delay, Gain, Ratio)
        from values in Gen.Double[parameter.Minimum, parameter.Maximum].Array[2, 5]
        where values[0] != values[1]
        from rate in Gen.Double[0.01, 20]
        from time in Gen.Double[10, 5000]
        from movement in Among<Movement>(
            new Wobble(values[0], values[1], rate),
            new Sweep(values[0], values[1], time),
            new RandomDraw(values[0], values[1]),
            new Pick(values),
            new FollowLoudness(values[0], values[1], time))
        select (parameter, movement);

    [Fact]
    public void Reading_what_was_printed_gives_the_same_tree() =>
        Sayable.Sample(t => Read(Print(t), t.Parameter).Movement == t.Movement, iter: 20_000);

    [Fact]
    public void Case_and_blanks_leave_the_canonical_spelling_as_it_is() =>
        (from sayable in Sayable
         from upper in Gen.Bool
         from gap in Gen.Int[1, 3]
         select (sayable, upper, gap)).Sample(
            t =>
            {
                string printed = Print(t.sayable);
                string text = printed.Replace(" ", new string(' ', t.gap), System.StringComparison.Ordinal);
                Movement? read = Read(t.upper ? text.ToUpperInvariant() : text, t.sayable.Parameter).Movement;
                return read is not null && MovementText.Print(read, ValueRange.Of(t.sayable.Parameter)) == printed;
            },
            iter: 5_000);

    [Fact]
    public void Every_refusal_of_a_sentence_points_inside_it_and_offers_what_is_accepted() =>
        (from sayable in Sayable
         from drop in Gen.Int[0, 12]
         from put in Among("", "at", "to", "too", "7", "-", "3 ms", "or")
         select (sayable, drop, put)).Sample(
            t =>
            {
                string[] words = Print(t.sayable).Split(' ');
                words[1 + (t.drop % (words.Length - 1))] = t.put;
                string text = string.Join(' ', words);
                ValueReading reading = Read(text, t.sayable.Parameter);
                if (reading.Complaint is not { } complaint)
                    return reading.Movement is not null;
                string offered = complaint.Fix.Split('"')[1];
                bool pointsInside = reading.Length > 0 && reading.At + reading.Length <= text.Length;
                ValueRange[] paces = [.. MovementForm.All.Select(form => form.Pace).OfType<ValueRange>(), ValueRange.Of(t.sayable.Parameter)];
                return pointsInside && (Read(offered, t.sayable.Parameter).Complaint is null || paces.Any(pace => ValueReader.Read(offered, pace).Complaint is null));
            },
            iter: 10_000);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Print((Parameter Parameter, Movement Movement) t) => MovementText.Print(t.Movement, ValueRange.Of(t.Parameter));

    private static ValueReading Read(string text, Parameter parameter) => SettingWords.Read(text, parameter);
}
