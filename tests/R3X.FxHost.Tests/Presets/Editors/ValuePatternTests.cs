using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CsCheck;
using R3X.FxHost.Presets.Schema;
using R3X.FxHost.Presets.Values;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editors;

public sealed class ValuePatternTests
{
    private static readonly Gen<decimal> Bound = Gen.Select(
        Gen.Int[-30_000, 30_000], Gen.Int[0, 3], (whole, places) => whole / (decimal)System.Math.Pow(10, places));

    private static readonly Gen<string> Number = Gen.Select(
        Gen.OneOf([.. new[] { "", "", "-", "\u2212", "+" }.Select(Gen.Const)]),
        Gen.Frequency((3, Gen.Int[0, 40].Select(n => n.ToString(CultureInfo.InvariantCulture))),
            (2, Gen.Int[0, 40_000].Select(n => n.ToString(CultureInfo.InvariantCulture))),
            (1, Gen.OneOf([.. new[] { "00", "01", "" }.Select(Gen.Const)]))),
        Gen.Frequency(
            (2, Gen.Const("")), (3, Gen.Int[0, 999].Select(n => "." + n.ToString(CultureInfo.InvariantCulture))),
            (1, Gen.OneOf([.. new[] { ".", ".0", ".50", ",5" }.Select(Gen.Const)]))),
        (sign, whole, fraction) => sign + whole + fraction);

    [Fact]
    public void An_editor_underlines_exactly_the_values_that_a_check_refuses()
    {
        Gen<string> unit = Gen.OneOf([.. new[] { "", " Hz", "Hz", "  khz", " dB", "db", " ms", "s", "%", " %", ":1",
            " : 1", " oct", " bit", " LUFS", " percent", " st" }.Select(Gen.Const)]);
        Gen.Select(Bound, Bound, Gen.Enum<Quantity>(), Number, unit).Sample(
            (a, b, quantity, number, unit) =>
            {
                var range = new ValueRange(
                    "x", quantity, (double)decimal.Min(a, b), (double)decimal.Max(a, b), (double)a);
                bool isRight = ValueReader.Read(number + unit, range).Diagnostic is null;
                Assert.True(isRight == Regex.IsMatch(number + unit, $@"^\s*{ValuePattern.Of(range)}\s*$"),
                    $"{number}{unit} in {range}");
            },
            iter: 50_000);
    }

    [Theory]
    [InlineData("wobble 7 ms to 9 ms at 0.5 Hz", true)]
    [InlineData("Sweep 1ms To 30ms Over 2 s", true)]
    [InlineData("pick 5 ms or 6 ms or 7 ms", true)]
    [InlineData("follow loudness 5 ms to 20 ms in 100 ms", true)]
    [InlineData("random 5 ms to 31 ms", false)]
    [InlineData("wobble 7 ms to 9 ms", false)]
    [InlineData("pick 5 ms", false)]
    public void Sentences_that_move_a_setting_are_known(string sentence, bool isRight)
    {
        var range = new ValueRange("delay", Quantity.Time, 0.5, 30, 8);
        Assert.Equal(isRight, Regex.IsMatch(sentence, $"^(?:{ValuePattern.OfModulation(range)})$"));
    }
}
