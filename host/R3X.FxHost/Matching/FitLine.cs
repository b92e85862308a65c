using System.Collections.Generic;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Matching;

/// <summary>A dry line and what is known of it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Samples">One channel.</param>
/// <param name="SampleRate">Of it.</param>
/// <param name="Voice">Which voice speaks it.</param>
/// <param name="Weight">Its share in the fit: every voice counts alike.</param>
/// <param name="IsHeldBack">Whether the fit does not hear it.</param>
/// <param name="Dry">Its figures.</param>
/// <param name="Parts">Its frames' power in the parts of the model.</param>
internal sealed record FitLine(
    string Name,
    float[] Samples,
    int SampleRate,
    int Voice,
    double Weight,
    bool IsHeldBack,
    LikenessFeatures Dry,
    IReadOnlyList<float[]> Parts);
