using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>A profile as JSON: the file that <c>likeness.py</c> reads and writes.</summary>
internal static class ProfileJson
{
    private static readonly (string Name, Func<LikenessFeatures, double> Of)[] Figures =
    [
        ("ripple", features => features.Ripple),
        ("crest", features => features.Crest),
        ("level-spread", features => features.LevelSpread),
        ("hum", features => features.Hum),
        ("decay", features => features.Decay),
        ("pitch", features => features.Pitch),
        ("melody", features => features.Melody),
    ];

    private static readonly (string Name, Func<LikenessScore, double> Of)[] Units =
    [
        ("tone", score => score.Tone),
        ("metal", score => score.Metal),
        ("texture", score => score.Texture),
        ("voice", score => score.Voice),
        ("sound", score => score.Sound),
    ];

    public static CharacterProfile Read(Stream json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            JsonElement unit = Member(root, "unit");
            return new CharacterProfile
            {
                About = root.TryGetProperty("about", out JsonElement about) ? about.GetString() ?? "" : "",
                Pieces = root.TryGetProperty("pieces", out JsonElement pieces) ? pieces.GetInt32() : null,
                RippleMs = Positive(root, "ripple_ms"),
                Median = Features(root, "median", Number),
                Spread = Features(root, "spread", Positive),
                Unit = new LikenessScore
                {
                    Tone = Positive(unit, "tone"),
                    Metal = Positive(unit, "metal"),
                    Texture = Positive(unit, "texture"),
                    Voice = Positive(unit, "voice"),
                    Sound = Positive(unit, "sound"),
                },
                ThirdOctaves = ThirdOctaves(root),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"It is no profile of a character: {e.Message} \"r3x profile\" makes one.", e);
        }
    }

    public static void Write(CharacterProfile profile, Stream json)
    {
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        if (profile.About.Length > 0)
            writer.WriteString("about", profile.About);
        if (profile.Pieces is { } pieces)
            writer.WriteNumber("pieces", pieces);
        writer.WriteNumber("ripple_ms", profile.RippleMs);
        Numbers(writer, "tone_centres_hz", Enumerable.Range(0, ToneBands.Count).Select(
            band => Math.Round(ToneBands.Centre(band))));
        writer.WriteStartObject("tone");
        Numbers(writer, "median", profile.Median.Tone);
        Numbers(writer, "spread", profile.Spread.Tone);
        writer.WriteEndObject();
        foreach ((string name, Func<LikenessFeatures, double> of) in Figures)
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("median", of(profile.Median));
            writer.WriteNumber("spread", of(profile.Spread));
            writer.WriteEndObject();
        }

        writer.WriteStartObject("unit");
        foreach ((string name, Func<LikenessScore, double> of) in Units)
            writer.WriteNumber(name, of(profile.Unit));
        writer.WriteEndObject();
        writer.WriteStartObject("also");
        Numbers(writer, "third_octaves_hz", profile.ThirdOctaves.Select(band => band.Frequency));
        Numbers(
            writer, "third_octave_level_db_median", profile.ThirdOctaves.Select(band => Math.Round(band.Median, 2)));
        Numbers(
            writer, "third_octave_level_db_spread", profile.ThirdOctaves.Select(band => Math.Round(band.Spread, 2)));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static LikenessFeatures Features(JsonElement root, string which, Func<JsonElement, string, double> read)
    {
        JsonElement tone = Member(Member(root, "tone"), which);
        if (tone.ValueKind != JsonValueKind.Array || tone.GetArrayLength() != ToneBands.Count)
            throw new FormatException($"tone.{which} has to be a list of {ToneBands.Count} numbers.");
        double Figure(string name) => read(Member(root, name), which);
        return new LikenessFeatures
        {
            Tone = [.. tone.EnumerateArray().Select(level => level.GetDouble())],
            Ripple = Figure("ripple"),
            Crest = Figure("crest"),
            LevelSpread = Figure("level-spread"),
            Hum = Figure("hum"),
            Decay = Figure("decay"),
            Pitch = Figure("pitch"),
            Melody = Figure("melody"),
        };
    }

    private static IReadOnlyList<BandLevel> ThirdOctaves(JsonElement root)
    {
        if (!root.TryGetProperty("also", out JsonElement also)
            || !also.TryGetProperty("third_octaves_hz", out JsonElement centres))
        {
            return [];
        }

        double[] levels = List(Member(also, "third_octave_level_db_median"));
        double[] spreads = List(Member(also, "third_octave_level_db_spread"));
        double[] hz = List(centres);
        if (levels.Length != hz.Length || spreads.Length != hz.Length)
            throw new FormatException("The lists of third octaves under \"also\" are of different lengths.");
        return [.. hz.Select((centre, band) => new BandLevel(centre, levels[band], spreads[band]))];
    }

    private static double[] List(JsonElement numbers) =>
        [.. numbers.EnumerateArray().Select(number => number.GetDouble())];

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement member)
            ? member
            : throw new FormatException($"\"{name}\" is missing.");

    private static double Number(JsonElement of, string name) => Member(of, name).GetDouble();

    private static double Positive(JsonElement of, string name) => Number(of, name) is > 0 and var number
        ? number
        : throw new FormatException($"\"{name}\" has to be above 0.");

    private static void Numbers(Utf8JsonWriter writer, string name, IEnumerable<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
