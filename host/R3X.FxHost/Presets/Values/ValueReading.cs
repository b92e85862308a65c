using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Values;

/// <summary>What came of reading one value or sentence: what it says, or what is wrong with it.</summary>
/// <param name="Value">The value in the quantity's base unit; meaningless beside a diagnostic.</param>
/// <param name="Diagnostic">What is wrong, or null.</param>
internal readonly record struct ValueReading(double Value, Diagnostic? Diagnostic)
{
    /// <summary>The modulation, where the text was a sentence.</summary>
    public Modulation? Modulation { get; private init; }

    /// <summary>Index of what is complained about in the text; meaningful with <see cref="Length"/>.</summary>
    public int At { get; private init; }

    /// <summary>Its length; 0 when the diagnostic is about all of the text.</summary>
    public int Length { get; private init; }

    /// <summary>Everything that is wrong, in the order of the text; empty when nothing is.</summary>
    public IEnumerable<ValueReading> Wrongs => Diagnostic is null ? [] : Further is null ? [this] : [this, .. Further];

    public SettingValue Setting => Modulation is { } modulation ? SettingValue.Of(modulation) : Value;

    // What else is wrong in the same sentence.
    private IReadOnlyList<ValueReading>? Further { get; init; }

    public static ValueReading Of(double value) => new(value, null);

    public static ValueReading Of(Modulation modulation) => new(0, null) { Modulation = modulation };

    public static ValueReading Wrong(string message, Fix fix) =>
        new(0, new Diagnostic(message, fix, DiagnosticRule.Value));

    /// <summary>Several diagnostics about one sentence.</summary>
    /// <param name="wrongs">At least one.</param>
    public static ValueReading Wrong(IReadOnlyList<ValueReading> wrongs) =>
        wrongs[0] with { Further = [.. wrongs.Skip(1)] };

    /// <summary>The same diagnostic about a part of the text.</summary>
    public ValueReading About(int at, int length) => this with { At = at, Length = length };
}
