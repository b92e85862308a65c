using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Sdk;

/// <summary>
/// Everything an effect is told before it sounds. Made by the host, one per <see cref="IEffect.Prepare"/>.
/// </summary>
public sealed class EffectSetup
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly double[] _values;
    private readonly List<string> _notes = [];

    /// <summary>Fills a setup.</summary>
    /// <param name="format">The line's format.</param>
    /// <param name="maxFrames">The largest block <see cref="IEffect.Process"/> will be given, 1 to 1,024.</param>
    /// <param name="quality">How much work a sample is worth.</param>
    /// <param name="seed">The line's seed: the only source of chance an effect may use.</param>
    /// <param name="parameters">The effect's parameters, in its own order.</param>
    /// <param name="values">One value for each, in the parameter's unit; a value out of range is taken to the nearest
    /// allowed one.</param>
    /// <exception cref="ArgumentException">Not one value for each parameter.</exception>
    public EffectSetup(
        AudioFormat format,
        int maxFrames,
        RenderQuality quality,
        ulong seed,
        IReadOnlyList<Parameter> parameters,
        IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != parameters.Count)
            throw new ArgumentException($"{values.Count} values were given for {parameters.Count} parameters.",
                nameof(values));
        Format = format;
        MaxFrames = maxFrames;
        Quality = quality;
        Seed = seed;
        _parameters = parameters;
        _values = new double[values.Count];
        for (int i = 0; i < _values.Length; i++)
            _values[i] = parameters[i].Clamp(values[i]);
    }

    /// <summary>The line's rate and channels.</summary>
    public AudioFormat Format { get; }

    /// <summary>The largest block that will come.</summary>
    public int MaxFrames { get; }

    /// <summary>How much work a sample is worth.</summary>
    public RenderQuality Quality { get; }

    /// <summary>The line's seed. The same seed, line and settings give the same samples.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// The curve of the parameter that has <see cref="Parameter.Points"/>; flat where there is none or nothing was
    /// said. Its values are inside the parameter's range.
    /// </summary>
    public FrequencyCurve Curve
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            Parameter? parameter = null;
            foreach (Parameter candidate in _parameters)
                parameter = candidate.Points is null ? parameter : candidate;
            field = parameter is null
                ? FrequencyCurve.Flat
                : new FrequencyCurve(value.Points.Select(p => p with { Value = parameter.Clamp(p.Value) }));
        }
    } = FrequencyCurve.Flat;

    /// <summary>What the effect noted with <see cref="Note"/>.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The value a parameter starts with, in its unit, inside its range.</summary>
    /// <param name="parameter">One of the effect's own parameters.</param>
    /// <exception cref="ArgumentException">The parameter is not one of this effect's.</exception>
    public double this[Parameter parameter]
    {
        get
        {
            for (int i = 0; i < _values.Length; i++)
            {
                if (ReferenceEquals(_parameters[i], parameter))
                    return _values[i];
            }

            throw new ArgumentException(
                $"\"{parameter}\" is not one of this effect's parameters. Add it to Parameters.", nameof(parameter));
        }
    }

    /// <summary>
    /// Tells the listener once per line of something worth knowing, such as a filter that is transparent because its
    /// frequency is above 0.49 of the sample rate.
    /// </summary>
    /// <param name="text">A whole sentence.</param>
    public void Note(string text) => _notes.Add(text);

    /// <summary>Notes a frequency that the sample rate cannot carry (<see cref="AudioFormat.Carries"/>).</summary>
    /// <param name="what">What has it, such as "damping of comb".</param>
    /// <param name="frequency">In hertz.</param>
    /// <param name="consequence">What that means, such as "it is off".</param>
    public void NoteTooHigh(string what, double frequency, string consequence) => Note(string.Create(
        CultureInfo.InvariantCulture,
        $"The {what} at {frequency:0} Hz is above what a sample rate of {Format.SampleRate} Hz carries, "
        + $"so {consequence}."));
}
