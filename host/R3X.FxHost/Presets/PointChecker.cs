using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks the points of one step's curve as one file writes them.</summary>
internal sealed class PointChecker(string effectId, Parameter curve, DiagnosticBag diagnostics)
{
    private readonly Dictionary<double, string> _seen = [];
    private bool _isFull;

    /// <summary>The frequency that a point's name says; null after a diagnostic.</summary>
    public double? ReadPlace(SourceSpan at, string name)
    {
        ValueReading place = PointWords.ReadPlace(name, curve);
        if (place.Diagnostic is { } diagnostic)
        {
            diagnostics.Error(at, diagnostic);
            return null;
        }

        // The same spelling twice is complained about where the text is read.
        if (!_seen.TryAdd(place.Value, name) && _seen[place.Value] != name)
        {
            diagnostics.Error(
                at,
                $"\"{name}\" is the same frequency as \"{_seen[place.Value]}\" above, and a curve has one gain there.",
                "Remove one of the two.");
            return null;
        }

        return place.Value;
    }

    /// <summary>What the point there takes.</summary>
    public ValueRange RangeAt(double hertz) => PointWords.RangeOf(hertz, curve);

    /// <summary>Whether the curve has no more points than it may; complains of the first that is too many.</summary>
    public bool IsRoom(SourceSpan at, FrequencyCurve points)
    {
        int most = curve.Points!.Most;
        if (points.Points.Count <= most)
            return true;
        if (!_isFull)
        {
            diagnostics.Error(
                at,
                new Diagnostic(
                    $"This is one point more than the {most} that {effectId} takes.",
                    "Remove the points that matter least.",
                    DiagnosticRule.Value));
        }

        _isFull = true;
        return false;
    }
}
