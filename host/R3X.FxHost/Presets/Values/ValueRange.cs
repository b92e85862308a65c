using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Values;

/// <summary>What a setting takes.</summary>
/// <param name="Minimum">The smallest value, in the quantity's base unit (Hz, dB, ms, %, ...).</param>
/// <param name="Default">What it is when nothing is said; shown as an example.</param>
internal sealed record ValueRange(string Name, Quantity Quantity, double Minimum, double Maximum, double Default)
{
    /// <summary>Whether it is something when nothing is said; when not, <see cref="Default"/> is an example
    /// alone.</summary>
    public bool HasDefault { get; init; } = true;

    public static ValueRange Of(Parameter parameter) =>
        new(parameter.Id, UnitSpelling.QuantityOf(parameter.Unit), parameter.Minimum, parameter.Maximum,
            parameter.Default);

    public bool Holds(double value) => value >= Minimum && value <= Maximum;

    /// <summary>The first half of most messages: <c>mix is a percentage from 0% to 100%</c>.</summary>
    public string Described => $"{Name} is {UnitSpelling.NounOf(Quantity)} from {Print(Minimum)} to {Print(Maximum)}";

    /// <summary>A value as presets write it.</summary>
    public string Print(double value)
    {
        if (!double.IsFinite(value))
            return "no number";
        ReadOnlySpan<UnitSpelling> units = UnitSpelling.ProperFor(Quantity);
        UnitSpelling unit = units.Length > 1 && Math.Abs(value) >= 1000 ? units[1] : units[0];
        string gap = unit.Text is "" or "%" or ":1" ? "" : " ";
        return DecimalText.Format(value, unit.Shift) + gap + unit.Text;
    }

    /// <summary>The fix when it cannot be guessed what was meant.</summary>
    public string Suggest() => $"Write a value such as \"{Print(Default)}\"{(HasDefault ? ", the default" : "")}.";
}
