using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Listens to what arrives at a gain and says how large the gain is to be. It is asked on the line's own grid
/// (<see cref="ParameterGrid"/>), so what it says must follow from the frames it has heard and not from how they were
/// cut. Audio thread: no allocation, lock or exception.
/// </summary>
internal interface IGainFollower
{
    /// <summary>The gain in dB at the end of the next <see cref="ParameterGrid.Frames"/> frames. Asked when all before
    /// them were heard.</summary>
    double NextGainDb();

    /// <summary>Hears the next frames as they arrive, in front of the gain.</summary>
    /// <param name="arriving">1 to <see cref="ParameterGrid.Frames"/> frames, none across a line of the grid. It is not
    /// changed.</param>
    void Hear(AudioBlock arriving);

    /// <summary>Forgets everything heard, for a new line.</summary>
    void Reset();
}
