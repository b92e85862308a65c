namespace R3X.FxHost.Diagnostics;

/// <summary>The attributes of measurements and activities. Of measurements, each has a bounded number of values:
/// nothing that is said is among them.</summary>
internal static class TelemetryAttribute
{
    /// <summary>The preset's id.</summary>
    public const string Preset = "r3x.fxhost.preset";

    /// <summary>Whether a line was <c>spoken</c> or <c>written</c>.</summary>
    public const string Output = "r3x.fxhost.output";

    /// <summary>How an utterance ended.</summary>
    public const string State = "r3x.fxhost.utterance.state";

    /// <summary>Why it was interrupted.</summary>
    public const string Reason = "r3x.fxhost.interruption.reason";

    /// <summary>The type of the exception an utterance failed with; OpenTelemetry's own name.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Who ran out of sound: the <c>line</c> or the <c>device</c>.</summary>
    public const string Source = "r3x.fxhost.underrun.source";

    /// <summary>The effect's id.</summary>
    public const string Effect = "r3x.fxhost.effect";

    /// <summary>What it did.</summary>
    public const string Cause = "r3x.fxhost.fault.cause";

    /// <summary>What became of the device.</summary>
    public const string Change = "r3x.fxhost.device.change";

    /// <summary>The utterance's id; activities only.</summary>
    public const string Utterance = "r3x.fxhost.utterance.id";

    /// <summary>The turn's id; activities only.</summary>
    public const string Turn = "r3x.fxhost.turn.id";

    /// <summary>The utterance's priority; activities only.</summary>
    public const string Priority = "r3x.fxhost.utterance.priority";

    /// <summary>How much was heard, in seconds; activities only.</summary>
    public const string Heard = "r3x.fxhost.utterance.heard";

    /// <summary>The line's seed; activities only.</summary>
    public const string Seed = "r3x.fxhost.seed";

    /// <summary>The device's name; activities only.</summary>
    public const string Device = "r3x.fxhost.device.name";
}
