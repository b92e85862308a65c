using System.Diagnostics;

namespace R3X.FxHost.Diagnostics;

/// <summary>The names under which a host can be observed.</summary>
public static class FxHostTelemetry
{
    /// <summary>The name of the meter and of the activity source: <c>AddMeter(FxHostTelemetry.Name)</c>,
    /// <c>AddSource(FxHostTelemetry.Name)</c>.</summary>
    public const string Name = "R3X.FxHost";

    /// <summary>Where activities begin.</summary>
    internal static ActivitySource Traces { get; } = new(Name);
}
