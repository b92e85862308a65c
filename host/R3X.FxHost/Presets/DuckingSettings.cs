using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>How music gets out of a voice's way, as <c>host.yaml</c> says under <c>ducking</c>.</summary>
/// <param name="Target">How far it is turned down, in dB, -60 to 0.</param>
/// <param name="Fade">How long that takes, and the way back, in milliseconds, 0 to 10,000.</param>
/// <param name="Hold">How long it stays down behind the last sound, in milliseconds, 0 to 60,000.</param>
/// <param name="Lead">How long before the first sound it begins, in milliseconds, 0 to 10,000; the voice waits for it.</param>
public sealed record DuckingSettings(double Target, double Fade, double Hold, double Lead)
{
    private static readonly ValueRange TargetRange = new("target", Quantity.Level, -60, 0, -12);
    private static readonly ValueRange FadeRange = new("fade", Quantity.Time, 0, 10_000, 500);
    private static readonly ValueRange HoldRange = new("hold", Quantity.Time, 0, 60_000, 600);
    private static readonly ValueRange LeadRange = new("lead", Quantity.Time, 0, 10_000, 0);

    private static readonly string[] Keys = [TargetRange.Name, FadeRange.Name, HoldRange.Name, LeadRange.Name];

    /// <summary>What holds where nothing is said.</summary>
    public static DuckingSettings Default { get; } = new(TargetRange.Default, FadeRange.Default, HoldRange.Default, LeadRange.Default);

    /// <summary>Reads what stands under <c>ducking</c>; what is missing or wrong keeps its default.</summary>
    internal static DuckingSettings Read(TopLevel? group)
    {
        group?.RefuseUnknown(Keys, "Ducking");
        return new(
            group?.Value(TargetRange) ?? Default.Target, group?.Value(FadeRange) ?? Default.Fade, group?.Value(HoldRange) ?? Default.Hold, group?.Value(LeadRange) ?? Default.Lead);
    }
}
