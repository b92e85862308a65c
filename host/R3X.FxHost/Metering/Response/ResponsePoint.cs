using System;

namespace R3X.FxHost.Metering.Response;

/// <summary>A step's gain at a frequency.</summary>
/// <param name="Frequency">In Hz.</param>
/// <param name="Decibels">The gain there, in dB.</param>
/// <param name="Lowest">The lowest gain between here and the points beside this one, and where settings move, on their
/// way; in dB.</param>
/// <param name="Highest">The highest.</param>
public readonly record struct ResponsePoint(double Frequency, double Decibels, double Lowest, double Highest)
{
    internal ResponsePoint With(ResponsePoint moved) => this with
    {
        Lowest = Math.Min(Lowest, moved.Lowest),
        Highest = Math.Max(Highest, moved.Highest),
    };
}
