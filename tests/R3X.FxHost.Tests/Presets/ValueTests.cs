using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class ValueTests
{
    private static readonly Parameter Frequency = new("tone", ParameterUnit.Hertz, 20, 20_000, 1000, "A tone.");
    private static readonly Parameter Level = new("level", ParameterUnit.Decibels, -60, 24, 0, "A level.");
    private static readonly Parameter Time = new("time", ParameterUnit.Milliseconds, 0.1, 5000, 5, "A time.");
    private static readonly Parameter Share = new("share", ParameterUnit.Percent, -100, 100, 25, "A share.");
    private static readonly Parameter Ratio = new("ratio", ParameterUnit.Ratio, 1, 20, 3, "A ratio.");
    private static readonly Parameter Width = new("width", ParameterUnit.Octaves, 0.3, 4, 2, "A width.");
    private static readonly Parameter Bits = new("bits", ParameterUnit.Bits, 1, 24, 8, "A depth.");
    private static readonly Parameter Steps = new("steps", ParameterUnit.Semitones, -24, 24, 0, "An interval.");
    private static readonly Parameter Count = new("count", ParameterUnit.None, 0, 8, 2, "A count.");

    private static Dictionary<string, Parameter> All { get; } =
        new[] { Frequency, Level, Time, Share, Ratio, Width, Bits, Steps, Count }.ToDictionary(p => p.Id);

    [Theory]
    [InlineData("tone", "100 Hz", 100)]
    [InlineData("tone", "4 kHz", 4000)]
    [InlineData("tone", "4khz", 4000)]
    [InlineData("tone", "1.1 KHZ", 1100)]
    [InlineData("level", "-20 dB", -20)]
    [InlineData("level", "\u221220 dB", -20)]
    [InlineData("level", "+3 dB", 3)]
    [InlineData("level", "-0 DB", 0)]
    [InlineData("time", "5 ms", 5)]
    [InlineData("time", "0.2 s", 200)]
    [InlineData("time", "1.5\u00A0MS", 1.5)]
    [InlineData("share", "35%", 35)]
    [InlineData("share", "35 %", 35)]
    [InlineData("share", "-12.5%", -12.5)]
    [InlineData("ratio", "3:1", 3)]
    [InlineData("ratio", "2.5 : 1", 2.5)]
    [InlineData("width", "2 oct", 2)]
    [InlineData("bits", "8 bit", 8)]
    [InlineData("steps", "-3 st", -3)]
    [InlineData("count", "3", 3)]
    public void A_value_is_read_with_its_unit_in_any_case_and_with_or_without_a_space(
        string name, string text, double expected)
    {
        ValueReading reading = ValueReader.Read(text, ValueRange.Of(All[name]));
        Assert.Null(reading.Diagnostic);
        Assert.Equal(expected, reading.Value);
        Assert.False(double.IsNegative(reading.Value) && reading.Value == 0);
    }

    [Theory]
    [InlineData("tone", 100, "100 Hz")]
    [InlineData("tone", 4000, "4 kHz")]
    [InlineData("tone", 1234.5, "1.2345 kHz")]
    [InlineData("tone", 999.9, "999.9 Hz")]
    [InlineData("level", -20, "-20 dB")]
    [InlineData("level", -0.0, "0 dB")]
    [InlineData("time", 0.1, "0.1 ms")]
    [InlineData("time", 2000, "2 s")]
    [InlineData("share", 35, "35%")]
    [InlineData("ratio", 3, "3:1")]
    [InlineData("width", 0.3, "0.3 oct")]
    [InlineData("bits", 8, "8 bit")]
    [InlineData("steps", -3, "-3 st")]
    [InlineData("count", 2, "2")]
    public void A_value_is_printed_in_one_spelling(string name, double value, string expected) =>
        Assert.Equal(expected, ValueText.Format(All[name], value));

    [Fact]
    public void A_range_is_printed_as_authors_would_write_its_ends() =>
        Assert.Equal("20 Hz to 20 kHz", ValueText.FormatRange(Frequency));

    [Fact]
    public void Reading_what_was_printed_gives_the_same_value_bit_for_bit() =>
        (from parameter in Gen.OneOf([.. All.Values])
         from value in Gen.Double[parameter.Minimum, parameter.Maximum]
         select (parameter, value)).Sample(
            t =>
            {
                string printed = ValueText.Format(t.parameter, t.value);
                ValueReading reading = ValueReader.Read(printed, ValueRange.Of(t.parameter));
                return reading.Diagnostic is null && reading.Value == t.value
                    && ValueText.Format(t.parameter, reading.Value) == printed;
            },
            iter: 20_000);

    [Fact]
    public void Tiny_and_huge_numbers_are_printed_without_an_exponent_and_come_back() =>
        Gen.Double.Where(double.IsFinite).Sample(
            value =>
            {
                string printed = DecimalText.Format(value, 3);
                return !printed.Contains('E', StringComparison.Ordinal) && DecimalText.Parse(printed, 3) == value;
            },
            iter: 20_000);

    [Fact]
    public void Every_refusal_names_the_setting_and_offers_a_spelling_that_is_accepted() =>
        (from parameter in Gen.OneOf([.. All.Values])
         from text in Gen.OneOf(
             Gen.String, Gen.String[Gen.Char["0123456789.,:-+ eEkKmMhHzZsSdDbB%\u2212\u2013"], 0, 12])
         select (parameter, text)).Sample(
            t =>
            {
                var range = ValueRange.Of(t.parameter);
                ValueReading reading = ValueReader.Read(t.text, range);
                if (reading.Diagnostic is not { } diagnostic)
                    return range.Holds(reading.Value);
                string fix = diagnostic.Fix.Sentence;
                int start = fix.IndexOf('"', StringComparison.Ordinal) + 1;
                string offered = fix[start..fix.IndexOf('"', start)];
                return diagnostic.Message.StartsWith(t.parameter.Id, StringComparison.Ordinal)
                    && ValueReader.Read(offered, range).Diagnostic is null;
            },
            iter: 20_000);

    [Theory]
    [InlineData("40 MHz")]
    [InlineData("4 mHz")]
    [InlineData("1e3 Hz")]
    [InlineData("0100 Hz")]
    [InlineData("100")]
    [InlineData("100 ms")]
    [InlineData("1,5 kHz")]
    [InlineData("- 100 Hz")]
    [InlineData("--100 Hz")]
    [InlineData("100 Hz 200 Hz")]
    [InlineData("100. Hz")]
    [InlineData("١٠٠ Hz")]
    [InlineData("infinity Hz")]
    [InlineData("0x64 Hz")]
    [InlineData("1_000 Hz")]
    public void Nothing_but_the_proper_spelling_is_taken_for_a_value(string text) =>
        Assert.NotNull(ValueReader.Read(text, ValueRange.Of(Frequency)).Diagnostic);
}
