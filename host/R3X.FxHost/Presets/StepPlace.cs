namespace R3X.FxHost.Presets;

/// <summary>Under which key of a preset a step's settings stand.</summary>
internal enum StepPlace
{
    /// <summary>Under <c>chain:</c>, where the order is the order written.</summary>
    Chain,

    /// <summary>Under <c>add:</c>, where a step may say where it goes.</summary>
    Added,

    /// <summary>Under <c>change:</c>: the step is the parent's.</summary>
    Parent,
}
