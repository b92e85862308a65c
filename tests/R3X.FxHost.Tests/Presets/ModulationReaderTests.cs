using System.Linq;
using CsCheck;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class ModulationReaderTests
{
    private static readonly Parameter Delay = new("delay", ParameterUnit.Milliseconds, 0.5, 3000, 8, "How long.");
    private static readonly Parameter Gain = new("gain", ParameterUnit.Decibels, -24, 24, 0, "How loud.");
    private static readonly Parameter Ratio = new("ratio", ParameterUnit.Ratio, 1, 20, 3, "How strong.");

    private static readonly Gen<(Parameter Parameter, Modulation Modulation)> Sayable =
        from parameter in Among(Delay, Gain, Ratio)
        from values in Gen.Double[parameter.Minimum, parameter.Maximum].Array[2, 5]
        where values[0] != values[1]
        from rate in Gen.Double[0.01, 20]
        from time in Gen.Double[10, 5000]
        from modulation in Among<Modulation>(
            new Wobble(values[0], values[1], rate),
            new Sweep(values[0], values[1], time),
            new RandomDraw(values[0], values[1]),
            new Pick(values),
            new FollowLoudness(values[0], values[1], time))
        select (parameter, modulation);

    [Fact]
    public void Reading_what_was_printed_gives_the_same_tree() =>
        Sayable.Sample(t => Read(Print(t), t.Parameter).Modulation == t.Modulation, iter: 20_000);

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
                Modulation? read = Read(t.upper ? text.ToUpperInvariant() : text, t.sayable.Parameter).Modulation;
                return read is not null && ModulationForm.Print(read, ValueRange.Of(t.sayable.Parameter)) == printed;
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
                if (reading.Diagnostic is null)
                    return reading.Modulation is not null;
                string[] formWords = [.. ModulationForm.All.SelectMany(form => form.Words.Append(form.Keyword))];
                ValueRange[] ranges = [.. ModulationForm.All.Select(form => form.Pace).OfType<ValueRange>(),
                    ValueRange.Of(t.sayable.Parameter)];
                bool IsTaken(string offered) => formWords.Contains(offered)
                    || Read(offered, t.sayable.Parameter).Diagnostic is null
                    || ranges.Any(range => ValueReader.Read(offered, range).Diagnostic is null);
                bool isInOrder = reading.Wrongs.Zip(reading.Wrongs.Skip(1)).All(
                    pair => pair.First.At <= pair.Second.At);
                return isInOrder && reading.Wrongs.All(w => w.Length > 0 && w.At + w.Length <= text.Length
                    && IsTaken(w.Diagnostic!.Value.Fix.Sentence.Split('"')[1]));
            },
            iter: 10_000);

    [Theory]
    [InlineData("wobble 7 ms too 9 ms on 0.5 Hz", "too|on")]
    [InlineData("wobble 7 to 9 at 0.5", "7|9|0.5")]
    [InlineData("wobble 7 ms 9 ms 0.5 Hz", "9 ms|0.5 Hz")]
    [InlineData("wobbel 7 Hz till 9000 ms at 2 s", "wobbel|7 Hz|till|9000 ms|2 s")]
    [InlineData("follow volume 7 ms to 9 ms over 3", "volume|over|3")]
    [InlineData("pick 7, 8, 9 ms", "7|,|8")]
    // A word that belongs further back says that something was left out: what follows is not judged by a place it does
    // not have.
    [InlineData("wobble 7 ms at 0.5 Hz", "at")]
    [InlineData("wobble 7 at 0.5 Hz", "7|at")]
    [InlineData("random from 7 to 9", "from")]
    public void Everything_that_is_wrong_with_a_sentence_is_told_at_once(string text, string wrongs) =>
        Assert.Equal(wrongs.Split('|'), Read(text, Delay).Wrongs.Select(w => text.Substring(w.At, w.Length)));

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Print((Parameter Parameter, Modulation Modulation) t) =>
        ModulationForm.Print(t.Modulation, ValueRange.Of(t.Parameter));

    private static ValueReading Read(string text, Parameter parameter) => SettingWords.Read(text, parameter);
}
