using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Values;

/// <summary>Reads and writes the points of a curve: settings whose names are frequencies.</summary>
internal static class PointWords
{
    // Any frequency, to tell whether two spellings are the same.
    private static readonly ValueRange AnyPlace =
        new("A point's place", Quantity.Frequency, 0, 1e9, 1000) { HasDefault = false };

    /// <summary>The index of the parameter that is a curve, or -1.</summary>
    public static int Find(IReadOnlyList<Parameter> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Points is not null)
                return i;
        }

        return -1;
    }

    /// <summary>Whether a setting's name begins as a frequency does; then it is meant to be a point.</summary>
    public static bool IsMeant(string name) =>
        name.Trim() is { Length: > 0 } text && !string.IsNullOrEmpty(WrittenNumber.Take(text).Digits);

    /// <summary>Reads a point's name, its frequency.</summary>
    public static ValueReading ReadPlace(string name, Parameter curve) => ValueReader.Read(name, PlacesOf(curve));

    public static ValueRange RangeOf(double hertz, Parameter curve) => ValueRange.Of(curve) with
    {
        Name = $"The curve at {NameOf(curve, hertz)}",
        Default = Math.Min(3, curve.Maximum),
        HasDefault = false,
    };

    /// <summary>What every point takes.</summary>
    public static ValueRange AnyPointOf(Parameter curve) =>
        RangeOf(PlacesOf(curve).Default, curve) with { Name = "A point of the curve" };

    /// <summary>A point's name in its one canonical spelling.</summary>
    public static string NameOf(Parameter curve, double hertz) => PlacesOf(curve).Print(hertz);

    /// <summary>A setting's name, where it is a frequency in its one canonical spelling.</summary>
    public static string Canonical(string name) =>
        IsMeant(name) && ValueReader.Read(name, AnyPlace) is { Diagnostic: null } place
            ? AnyPlace.Print(place.Value)
            : name;

    /// <summary>A point whose name and value no colon parts, in two parts; null where it is not that.</summary>
    public static (string Name, string Value)? WithoutColon(string text, Parameter curve)
    {
        for (int blank = text.LastIndexOf(' '); blank > 0; blank = text.LastIndexOf(' ', blank - 1))
        {
            if (ReadPlace(text[..blank], curve).Diagnostic is null)
                return (text[..blank].Trim(), text[blank..].Trim());
        }

        return null;
    }

    /// <summary>All points in one line; <c>none</c> without any.</summary>
    public static string Print(Parameter curve, FrequencyCurve points) =>
        points.Points.Count == 0 ? "none" : string.Join(", ", points.Points.Select(point => Print(curve, point)));

    /// <summary>A point as presets write it.</summary>
    public static string Print(Parameter curve, CurvePoint point) =>
        $"{NameOf(curve, point.Frequency)}: {ValueText.Format(curve, point.Value)}";

    /// <summary>A point to show how they are written.</summary>
    public static string Example(Parameter curve) =>
        Print(curve, new CurvePoint(PlacesOf(curve).Default, RangeOf(1, curve).Default));

    /// <summary>Where points may be.</summary>
    public static ValueRange PlacesOf(Parameter curve) => AnyPlace with
    {
        Minimum = curve.Points!.Lowest,
        Maximum = curve.Points.Highest,
        Default = Math.Clamp(1000, curve.Points.Lowest, curve.Points.Highest),
    };
}
