using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Sdk;

/// <summary>
/// A curve over frequency, given by the points it passes through: the value of a parameter that has
/// <see cref="Parameter.Points"/>. Immutable; equal when the points are.
/// </summary>
public sealed class FrequencyCurve : IEquatable<FrequencyCurve>
{
    private readonly CurvePoint[] _points;

    /// <summary>Takes points in any order.</summary>
    /// <param name="points">The points; each frequency above 0 and only once, every number finite.</param>
    /// <exception cref="ArgumentException">A frequency stands twice, or a number cannot be.</exception>
    public FrequencyCurve(IEnumerable<CurvePoint> points)
    {
        _points = [.. points];
        Array.Sort(_points, static (a, b) => a.Frequency.CompareTo(b.Frequency));
        for (int i = 0; i < _points.Length; i++)
        {
            var (frequency, value) = _points[i];
            if (!double.IsFinite(frequency) || !double.IsFinite(value) || frequency <= 0)
            {
                throw new ArgumentException(
                    $"A curve cannot have the point ({frequency}, {value}). Use positive frequencies.", nameof(points));
            }

            if (i > 0 && frequency == _points[i - 1].Frequency)
                throw new ArgumentException($"The curve has two points at {frequency} Hz. Remove one.", nameof(points));
        }
    }

    /// <summary>The curve without points, which changes nothing.</summary>
    public static FrequencyCurve Flat { get; } = new([]);

    /// <summary>The points, by rising frequency.</summary>
    public IReadOnlyList<CurvePoint> Points => _points;

    /// <summary>This curve with a point more, or with another value at that frequency.</summary>
    /// <param name="point">The point.</param>
    public FrequencyCurve With(CurvePoint point) =>
        new(_points.Where(p => p.Frequency != point.Frequency).Append(point));

    /// <inheritdoc/>
    public bool Equals(FrequencyCurve? other) => other is not null && _points.AsSpan().SequenceEqual(other._points);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FrequencyCurve);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (CurvePoint point in _points)
            hash.Add(point);
        return hash.ToHashCode();
    }
}
