using System;

namespace R3X.FxHost.Matching;

/// <summary>One value that is searched for: from where to where, and how it is put into a draft.</summary>
/// <param name="From">What 0 stands for.</param>
/// <param name="To">What 1 stands for.</param>
/// <param name="IsLogarithmic">Whether equal steps are equal ratios.</param>
/// <param name="Set">Puts the value into a draft.</param>
/// <param name="Get">Takes it out of one.</param>
internal sealed record TuneRange(double From, double To, bool IsLogarithmic, Func<Draft, double, Draft> Set,
    Func<Draft, double> Get)
{
    /// <summary>A draft with the value that stands at a place from 0 to 1.</summary>
    public Draft Put(Draft draft, double place) =>
        Set(draft, IsLogarithmic ? From * Math.Pow(To / From, place) : From + (place * (To - From)));

    /// <summary>Where a draft's value stands.</summary>
    public double PlaceOf(Draft draft)
    {
        double value = Math.Clamp(Get(draft), Math.Min(From, To), Math.Max(From, To));
        return IsLogarithmic ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);
    }
}
