using R3X.FxHost.Ducking;

namespace R3X.FxHost.Server.Own;

/// <summary>Music of the caller's own is to fade, as JSON.</summary>
/// <param name="GainDb">Where the fade ends, in dB.</param>
/// <param name="FadeMs">How long it takes, in milliseconds.</param>
/// <param name="Turn">The turn that begins, or the one that ended last; null for what is no turn.</param>
/// <param name="Moment">When it begins, in seconds of the loudspeaker's clock.</param>
internal sealed record DuckEvent(double GainDb, double FadeMs, string? Turn, double Moment)
{
    /// <summary>A fade as JSON.</summary>
    public static DuckEvent Of(DuckingEvent fade) =>
        new(fade.GainDb, fade.Fade.TotalMilliseconds, fade.Turn, fade.Moment.DeviceTime.TotalSeconds);
}
