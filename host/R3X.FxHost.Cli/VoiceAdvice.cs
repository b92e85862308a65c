using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary>
/// Which of the droid's two base presets a voice should speak with: the one that brings it nearer to DJ R-3X.
/// </summary>
/// <param name="File">The line that was measured, a dry one.</param>
/// <param name="Take">The preset to take.</param>
/// <param name="Reason">Why, in words, with the figures.</param>
/// <param name="Likeness">The line dry, then through each preset.</param>
internal sealed record VoiceAdvice(string File, string Take, string Reason, VoiceLikeness[] Likeness)
{
    /// <summary>For a voice of any origin.</summary>
    public const string ForAny = "dj-r3x";

    /// <summary>For a cloned voice that sounds like him already.</summary>
    public const string ForClone = "dj-r3x-clone";

    private const double FewestSeconds = 2;
    private const int MostSeconds = 120;

    /// <summary>Measures a dry line as it is and through both presets.</summary>
    /// <exception cref="UsageException">No sound in it, or a preset that is not there or broken.</exception>
    public static VoiceAdvice Of(string file, FxHost host, CancellationToken cancellation)
    {
        Analysis line = Analysis.Of(file, null, cancellation);
        if (line.Duration.TotalSeconds < FewestSeconds)
        {
            Messages.Warning(
                $"{line.Name} is {line.Duration.TotalSeconds:F1} s long; {FewestSeconds} s of speech or more are worth "
                + "judging.");
        }

        float[] speech = line.Mono[..Math.Min(line.Mono.Length, MostSeconds * line.Format.SampleRate)];
        VoiceLikeness dry = Measured("dry", speech);
        VoiceLikeness droid = Through(ForAny);
        VoiceLikeness clone = Through(ForClone);
        VoiceLikeness take = droid.Sound < clone.Sound ? droid : clone;
        VoiceLikeness other = take == droid ? clone : droid;
        string reason =
            $"{take.Preset} brings the voice to {Text(take)}, {other.Preset} to {Text(other)}; dry it is {Text(dry)}.";
        if (dry.Sound < take.Sound)
            reason += " Without effects it is nearer still.";
        return new VoiceAdvice(line.Name, take.Preset, reason, [dry, droid, clone]);

        VoiceLikeness Through(string preset)
        {
            SpeechSelection selection = SpeechSelection.OfPreset(preset) with { Seed = 0 };
            if (host.Check(selection) is { Count: > 0 } diagnostics)
                throw new UsageException(string.Join("\n\n", diagnostics.Select(DiagnosticText.Format)));
            float[] wet = host.ApplyAudioEffects(speech, line.Format.SampleRate, selection, 1, out float[] tail);
            return Measured(preset, [.. wet, .. tail]);
        }

        VoiceLikeness Measured(string preset, float[] samples)
        {
            CharacterProfile profile = CharacterProfile.DjRex;
            LikenessFeatures? features = LikenessFeatures.Of(samples, line.Format.SampleRate, profile.RippleMs);
            return features is null
                ? throw new UsageException($"{line.Name}: there is no speech in it. Name a line of dry speech.")
                : VoiceLikeness.Of(preset, profile.Score(features));
        }
    }

    /// <summary>Prints it for people.</summary>
    public void Print()
    {
        Console.Out.WriteLine($"{Take}: {Reason}\n");
        var table = new Listing("preset", "likeness", "tone", "metal", "texture");
        foreach (VoiceLikeness row in Likeness)
            table.Add(row.Preset, Text(row), Two(row.Tone), Two(row.Metal), Two(row.Texture));
        table.Write();
        Console.Out.WriteLine();
        Console.Out.WriteLine("1.00 is a recording of the real one, less is nearer. Judge by several lines.");
    }

    private static string Text(VoiceLikeness row) => Two(row.Sound);

    private static string Two(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}

/// <summary>How near a line is to DJ R-3X; 1.0 is a real clip, less is nearer.</summary>
/// <param name="Preset">The preset, or <c>dry</c>.</param>
/// <param name="Sound">The whole.</param>
/// <param name="Tone">The spectrum.</param>
/// <param name="Metal">The tube.</param>
/// <param name="Texture">Crest, level spread, hum and decay.</param>
internal sealed record VoiceLikeness(string Preset, double Sound, double Tone, double Metal, double Texture)
{
    public static VoiceLikeness Of(string preset, LikenessScore score) => new(
        preset,
        Math.Round(score.Sound, 3),
        Math.Round(score.Tone, 3),
        Math.Round(score.Metal, 3),
        Math.Round(score.Texture, 3));
}
