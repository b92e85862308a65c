using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli;

/// <summary>What <c>analyze --json</c> prints; null for what the sound is too short or too silent for.</summary>
internal sealed record AnalysisRow(
    string File,
    double Seconds,
    int SampleRate,
    int Channels,
    double? IntegratedLufs,
    double? MaximumShortTermLufs,
    double? MaximumMomentaryLufs,
    double? LoudnessRangeLu,
    double? TruePeakDbtp,
    double? SamplePeakDbfs,
    double? RmsDbfs,
    double CrestFactorDb,
    LikenessRow? Likeness,
    AgainstRow? Against,
    string? Picture = null)
{
    public static AnalysisRow Of(Analysis sound, Character character, AgainstRow? against) => new(
        sound.Name,
        sound.Duration.TotalSeconds,
        sound.Format.SampleRate,
        sound.Format.Channels,
        Finite(sound.Loudness.Integrated),
        Finite(sound.Loudness.MaximumShortTerm),
        Finite(sound.Loudness.MaximumMomentary),
        double.IsFinite(sound.Loudness.MaximumShortTerm) ? sound.Loudness.Range : null,
        Finite(sound.TruePeak.Level),
        Finite(sound.Level.Peak),
        Finite(sound.Level.Rms),
        sound.Level.CrestFactor,
        sound.Likeness(character),
        against);

    internal static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>What <c>--against</c> adds in JSON.</summary>
internal sealed record AgainstRow(
    string File,
    double? Stoi,
    double DelayMs,
    double? LoudnessDifferenceLu,
    double? RmsDifferenceDb,
    LikenessRow? Likeness)
{
    public static AgainstRow Of(Analysis dry, Analysis wet, Character character)
    {
        Comparison comparison = Comparison.Of(dry.Mono, dry.Format.SampleRate, wet.Mono, wet.Format.SampleRate);
        return new AgainstRow(
            dry.Name,
            AnalysisRow.Finite(comparison.Intelligibility),
            comparison.Delay * 1_000,
            AnalysisRow.Finite(wet.Loudness.Integrated - dry.Loudness.Integrated),
            AnalysisRow.Finite(wet.Level.Rms - dry.Level.Rms),
            dry.Likeness(character));
    }
}
