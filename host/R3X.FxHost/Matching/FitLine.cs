using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
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
    IReadOnlyList<float[]> Parts)
{
    /// <summary>Measures all lines of a request.</summary>
    /// <exception cref="ArgumentException">A line holds no speech; the message names it.</exception>
    public static List<FitLine> Of(MatchRequest request, MatchTarget target, CancellationToken cancellation)
    {
        var lines = new List<FitLine>();
        for (int voice = 0; voice < request.Voices.Count; voice++)
        {
            IReadOnlyList<MatchLine> spoken = request.Voices[voice].Lines;
            bool[] isHeldBack = HeldBack.Of([.. spoken.Select(line => (double)line.Samples.Length / line.SampleRate)]);
            double weight = 1.0 / (request.Voices.Count * isHeldBack.Count(held => !held));
            var measured = new FitLine?[spoken.Count];
            int of = voice;
            Parallel.For(0, spoken.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                double[] sound = LikenessSound.Of(spoken[i].Samples, spoken[i].SampleRate);
                PowerFrames frames = PowerFrames.OfSpeech(sound);
                LikenessFeatures? features = LikenessFeatures.OfColour(frames, target.RippleMs)?.WithTexture(sound);
                measured[i] = features is null ? null : new FitLine(
                    spoken[i].Name,
                    spoken[i].Samples,
                    spoken[i].SampleRate,
                    of,
                    weight,
                    isHeldBack[i],
                    features,
                    ToneModel.PartsOf(PowerFrames.All(sound)));
            });
            if (Array.IndexOf(measured, null) is var silent and >= 0)
            {
                throw new ArgumentException(
                    $"{spoken[silent].Name}: there is no speech in it. Name a recording of the voice.");
            }

            lines.AddRange(measured.OfType<FitLine>());
        }

        return lines;
    }
}
