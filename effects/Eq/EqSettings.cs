using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Effects;

/// <summary>The equaliser's settings and their present values.</summary>
internal sealed class EqSettings
{
    public static readonly Parameter HighPass = new(
        "high-pass", ParameterUnit.Hertz, 20, 1000, 100,
        "Everything below this pitch is cut away: turn it up for a thin, small voice, down for a full one; "
        + "at 20 Hz it is off.")
    {
        Neutral = 20,
    };

    public static readonly Parameter Presence = new(
        "presence", ParameterUnit.Hertz, 1000, 8000, 4000,
        "Where in the voice the presence boost or cut sits: low values sound like a telephone, high values sound crisp.");

    public static readonly Parameter PresenceGain = new(
        "presence-gain", ParameterUnit.Decibels, -12, 12, 3,
        "Turn it up to bring the voice forward and make words clearer, down to make it duller; 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    public static readonly Parameter PresenceWidth = new(
        "presence-width", ParameterUnit.Octaves, 0.3, 4, 2,
        "How broad the presence boost or cut is: small values ring at one pitch, large values colour the whole voice.");

    public static readonly Parameter LowPass = new(
        "low-pass", ParameterUnit.Hertz, 200, 20_000, 20_000,
        "Everything above this pitch is cut away: turn it down for a dull, muffled or sleepy voice; at 20 "
        + "kHz it is off.")
    {
        Neutral = 20_000,
    };

    public static readonly Parameter LowShelf = new(
        "low-shelf", ParameterUnit.Hertz, 40, 1000, 200,
        "Below this pitch low-shelf-gain makes the voice fuller or thinner: turn it up to reach further into the voice.");

    public static readonly Parameter LowShelfGain = new(
        "low-shelf-gain", ParameterUnit.Decibels, -12, 12, 0,
        "Turn it up for more chest and weight below low-shelf, down for a lighter voice; 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    public static readonly Parameter HighShelf = new(
        "high-shelf", ParameterUnit.Hertz, 1000, 16_000, 6000,
        "Above this pitch high-shelf-gain makes the voice brighter or darker: turn it down to reach further into the voice.");

    public static readonly Parameter HighShelfGain = new(
        "high-shelf-gain", ParameterUnit.Decibels, -12, 12, 0,
        "Turn it up for more air and sparkle above high-shelf, down for a softer, darker voice; 0 dB changes nothing.")
    {
        Neutral = 0,
    };

    private readonly double[] _values = new double[Parameters.Count];

    public static IReadOnlyList<Parameter> Parameters { get; } =
        [HighPass, Presence, PresenceGain, PresenceWidth, LowPass, LowShelf, LowShelfGain, HighShelf, HighShelfGain];

    public double this[Parameter parameter]
    {
        get => _values[IndexOf(parameter)];
        set => _values[IndexOf(parameter)] = value;
    }

    /// <summary>Takes a line's starting values.</summary>
    public void Take(EffectSetup setup)
    {
        for (int i = 0; i < _values.Length; i++)
            _values[i] = setup[Parameters[i]];
    }

    private static int IndexOf(Parameter parameter)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (parameter == Parameters[i])
                return i;
        }

        return 0;
    }
}
