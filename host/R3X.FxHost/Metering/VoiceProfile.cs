using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace R3X.FxHost.Metering;

/// <summary>The long-term average spectrum of a character's voice, to measure how near another voice comes. Immutable.</summary>
public sealed class VoiceProfile
{
    // Below, the speaker's own pitch decides.
    private const double LowestFrequency = 250;

    private static readonly Lazy<VoiceProfile> OfDjRex = new(ReadDjRex);

    private VoiceProfile(double[] bands, double[] levels)
    {
        Bands = bands;
        Levels = levels;
    }

    /// <summary>DJ R-3X: 21 clips, 115 s. A clip of the real character is 2.8 dB from the others in the median.</summary>
    public static VoiceProfile DjRex => OfDjRex.Value;

    /// <summary>Centre frequencies of third-octave bands in Hz, rising.</summary>
    public IReadOnlyList<double> Bands { get; }

    /// <summary>Each band's level in dB relative to the sum of all.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>Reads a profile: JSON with the arrays <c>bands_hz</c> and <c>level_db</c>, of equal length.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="InvalidDataException">It is no such JSON.</exception>
    public static VoiceProfile Read(Stream json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            double[] bands = Numbers(document, "bands_hz");
            double[] levels = Numbers(document, "level_db");
            if (bands.Length != levels.Length || bands.Length == 0)
                throw new InvalidDataException($"The voice profile has {bands.Length} bands_hz and {levels.Length} level_db; it needs as many of both, and at least one.");
            return new VoiceProfile(bands, levels);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The voice profile is no JSON object with the arrays bands_hz and level_db: {e.Message}", e);
        }
    }

    /// <summary>
    /// How far a voice's spectrum is from this one: the RMS over the bands from 250 Hz up of the difference in dB, its mean removed. Bands
    /// that the voice's sample rate has no room for are left out.
    /// </summary>
    /// <param name="voice">The voice's spectrum.</param>
    /// <returns>The distance in dB, 0 for the same colour.</returns>
    public double DistanceTo(VoiceSpectrum voice)
    {
        double[] levels = voice.Levels(Bands);
        double[] differences = [.. Enumerable.Range(0, Bands.Count)
            .Where(band => Bands[band] >= LowestFrequency && Bands[band] < voice.HighestFrequency)
            .Select(band => levels[band] - Levels[band])];
        if (differences.Length == 0)
            return 0;
        double mean = differences.Average();
        return Math.Sqrt(differences.Average(difference => (difference - mean) * (difference - mean)));
    }

    private static double[] Numbers(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    private static VoiceProfile ReadDjRex()
    {
        using Stream json = typeof(VoiceProfile).Assembly.GetManifestResourceStream("voice-profile.json")
            ?? throw new InvalidOperationException("The voice profile is missing from the assembly.");
        return Read(json);
    }
}
