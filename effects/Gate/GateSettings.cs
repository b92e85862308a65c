namespace R3X.FxHost.Effects;

/// <summary>How a gate decides and moves.</summary>
/// <param name="Open">Amplitude at which it opens.</param>
/// <param name="Floor">Factor while it is closed.</param>
/// <param name="Attack">What the opening keeps of its old value per frame.</param>
/// <param name="Release">What the closing keeps of its old value per frame.</param>
/// <param name="HoldFrames">How long it stays open after the level has fallen.</param>
internal readonly record struct GateSettings(double Open, double Floor, double Attack, double Release, int HoldFrames);
