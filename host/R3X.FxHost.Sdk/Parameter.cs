using System;

namespace R3X.FxHost.Sdk;

/// <summary>
/// One setting of an effect, declared once. Preset checks, the editor schema, documentation tables and sliders are all
/// derived from it. Immutable; compared by reference.
/// </summary>
public sealed class Parameter
{
    /// <summary>Declares a setting.</summary>
    /// <param name="id">The stable name presets use, whole words in kebab-case, unique within the effect.</param>
    /// <param name="unit">The unit of the other numbers here.</param>
    /// <param name="minimum">The smallest allowed value.</param>
    /// <param name="maximum">The largest allowed value; above <paramref name="minimum"/>.</param>
    /// <param name="default">The value when a preset says nothing; inside the range.</param>
    /// <param name="help">One sentence for people who do not program: what turning it up does to the sound.</param>
    /// <param name="structural">
    /// Whether it changes latency, tail or memory. A structural setting takes no movement; a change means a new chain.
    /// </param>
    /// <exception cref="ArgumentException">A name, range or default that cannot be right.</exception>
    public Parameter(
        string id,
        ParameterUnit unit,
        double minimum,
        double maximum,
        double @default,
        string help,
        bool structural = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(help);
        if (!(minimum < maximum))
            throw new ArgumentException(
                $"\"{id}\" has the range {minimum} to {maximum}, which is empty. Put the smaller number first.",
                nameof(minimum));
        if (!(@default >= minimum && @default <= maximum))
            throw new ArgumentException(
                $"\"{id}\" has the default {@default}, outside its range {minimum} to {maximum}. Move one of them.",
                nameof(@default));
        Id = id;
        Unit = unit;
        Minimum = minimum;
        Maximum = maximum;
        Default = @default;
        Help = help;
        IsStructural = structural;
        Curve = minimum > 0 && unit is ParameterUnit.Hertz or ParameterUnit.Milliseconds
            ? ParameterCurve.Logarithmic
            : ParameterCurve.Linear;
    }

    /// <summary>
    /// Declares a setting that is a curve over frequency, not a number: presets write its points into the step itself,
    /// each as a setting of its own (<c>250 Hz: -6 dB</c>). It is structural, starts without points, and an effect has
    /// one at most.
    /// </summary>
    /// <param name="id">The stable name it has in lists of settings.</param>
    /// <param name="unit">The unit of its values.</param>
    /// <param name="minimum">The smallest value of a point; at most 0.</param>
    /// <param name="maximum">The largest value of a point; at least 0.</param>
    /// <param name="points">Where points may be, and how many.</param>
    /// <param name="help">One sentence for people who do not program.</param>
    public static Parameter OfCurve(
        string id,
        ParameterUnit unit,
        double minimum,
        double maximum,
        CurvePoints points,
        string help) => new(id, unit, minimum, maximum, 0, help, structural: true) { Points = points };

    /// <summary>The stable name presets use.</summary>
    public string Id { get; }

    /// <summary>Where this setting's points may be; null for a setting that is a number.</summary>
    public CurvePoints? Points { get; private init; }

    /// <summary>
    /// The unit of <see cref="Minimum"/>, <see cref="Maximum"/>, <see cref="Default"/> and every value.
    /// </summary>
    public ParameterUnit Unit { get; }

    /// <summary>The smallest allowed value.</summary>
    public double Minimum { get; }

    /// <summary>The largest allowed value.</summary>
    public double Maximum { get; }

    /// <summary>The value when a preset says nothing.</summary>
    public double Default { get; }

    /// <summary>
    /// The value at which this setting leaves the sound alone, inside the range; null where none does. With all of its
    /// settings that have one at it, an effect returns its input bit for bit, delayed by its latency, whatever its
    /// other settings are, and moving there makes no click: a preset's <c>amount</c> takes settings there. An effect
    /// with no such setting is mixed with its own input instead.
    /// </summary>
    /// <exception cref="ArgumentException">A value outside the range, or a setting that is structural.</exception>
    public double? Neutral
    {
        get;
        init
        {
            if (value is { } neutral && !(neutral >= Minimum && neutral <= Maximum))
            {
                throw new ArgumentException(
                    $"\"{Id}\" has the neutral value {neutral}, outside its range {Minimum} to {Maximum}. "
                    + "Move one of them.",
                    nameof(value));
            }

            if (value is not null && IsStructural)
            {
                throw new ArgumentException(
                    $"\"{Id}\" is structural, so nothing can move it to a neutral value. Leave one of them out.",
                    nameof(value));
            }

            field = value;
        }
    }

    /// <summary>How the range is walked: logarithmic for hertz and milliseconds above zero, else linear.</summary>
    public ParameterCurve Curve { get; }

    /// <summary>One sentence: what turning it up does.</summary>
    public string Help { get; }

    /// <summary>Whether a change needs a new chain (latency, tail or memory depend on it).</summary>
    public bool IsStructural { get; }

    /// <summary>The nearest allowed value; the default for a value that is not a number.</summary>
    public double Clamp(double value) => double.IsNaN(value) ? Default : Math.Clamp(value, Minimum, Maximum);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
