using System.Collections.Generic;

namespace R3X.FxHost.Auditioning;

/// <summary>What meters show of a thirtieth of a second. Levels are negative infinity for silence.</summary>
/// <param name="Frame">The frame behind its last, counted from the first that was read since
/// <see cref="Audition.Begin"/>.</param>
/// <param name="Seconds">Where in the line it ends; behind the line's end, in its tail.</param>
/// <param name="Heard">What is heard.</param>
/// <param name="In">The line as it reaches the chain, at the host's reference loudness.</param>
/// <param name="Out">What is heard, as it leaves its chain.</param>
/// <param name="MatchedByDb">By how much that is then changed so that all sources are equally loud, in dB.</param>
/// <param name="Steps">By how much each step that says so turned the line down at most, in dB, 0 or more.</param>
/// <param name="Settings">Where each setting is that moves or was drawn, by step and setting
/// (<c>comb.delay</c>), in its unit.</param>
/// <param name="SpectrumIn">The bands of <see cref="Metering.BandSpectrum"/> of <paramref name="In"/>, in dBFS.</param>
/// <param name="SpectrumOut">The same of <paramref name="Out"/>.</param>
public sealed record AuditionMeters(
    long Frame,
    double Seconds,
    AuditionSource Heard,
    AuditionLevels In,
    AuditionLevels Out,
    double MatchedByDb,
    IReadOnlyDictionary<string, double> Steps,
    IReadOnlyDictionary<string, double> Settings,
    IReadOnlyList<double> SpectrumIn,
    IReadOnlyList<double> SpectrumOut);

/// <summary>Levels of a thirtieth of a second, and of what led to it.</summary>
/// <param name="Rms">Over all channels, in dBFS.</param>
/// <param name="Peak">The highest sample, in dBFS.</param>
/// <param name="Momentary">Loudness of the last 400 ms, in LUFS.</param>
/// <param name="ShortTerm">Loudness of the last 3 s, in LUFS.</param>
/// <param name="Integrated">Gated loudness since the line began, in LUFS.</param>
/// <param name="TruePeak">The highest point since the line began, in dBTP.</param>
public sealed record AuditionLevels(
    double Rms, double Peak, double Momentary, double ShortTerm, double Integrated, double TruePeak);
