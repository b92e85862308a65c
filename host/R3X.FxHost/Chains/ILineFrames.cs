using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>A line's frames by their numbers, for chains that are exchanged in mid-line. Any thread.</summary>
internal interface ILineFrames
{
    /// <summary>How many frames the line has; silence follows them. <see cref="long.MaxValue"/> for one without
    /// end.</summary>
    long End { get; }

    /// <summary>How many frames can be read by now; <see cref="long.MaxValue"/> where all of them are there.</summary>
    long Arrived { get; }

    /// <summary>Gives frames that have arrived.</summary>
    /// <param name="frame">The first one's number.</param>
    /// <param name="block">Room for them; no further than <see cref="End"/>.</param>
    void Read(long frame, AudioBlock block);
}
