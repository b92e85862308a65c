namespace R3X.FxHost.Sdk;

/// <summary>
/// The clock of parameter movement. The host evaluates movement every <see cref="Frames"/> frames counted from the
/// line's first sample and splits blocks there; an effect ramps linearly to a new value over the next
/// <see cref="Frames"/> frames. So a line's sound does not depend on how it was cut into blocks.
/// </summary>
public static class ParameterGrid
{
    /// <summary>Frames between two evaluations of movement.</summary>
    public const int Frames = 32;
}
