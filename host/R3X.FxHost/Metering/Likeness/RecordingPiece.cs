using System;
using System.Collections.Generic;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>A stretch of a character's recording. Immutable.</summary>
/// <param name="Recording">What people call the recording, such as its file.</param>
/// <param name="Start">Where in the recording it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Samples">One channel at 44.1 kHz, full scale at 1.</param>
/// <param name="Fault">Why it cannot be used, as the end of a sentence; null when it can.</param>
public sealed record RecordingPiece(string Recording, TimeSpan Start, TimeSpan Length, float[] Samples, string? Fault)
{
    /// <summary>Samples per second of every piece.</summary>
    public const int SampleRate = LikenessSound.Rate;

    /// <summary>Where it is, and what is wrong with it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Recording}, {Start.TotalSeconds:0.0} s to {(Start + Length).TotalSeconds:0.0} s")
        + (Fault is null ? "" : ": " + Fault);

    /// <summary>Its figures, the ripple at a delay.</summary>
    internal LikenessFeatures? FeaturesAt(double tubeMs) =>
        Measured is null ? null : Measured with { Ripple = TubeRipple.Amplitude([.. Detail], tubeMs) };

    internal LikenessFeatures? Measured { get; init; }

    internal IReadOnlyList<double> Detail { get; init; } = [];
}
