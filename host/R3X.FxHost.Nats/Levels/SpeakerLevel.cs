using System;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace R3X.FxHost.Nats.Levels;

/// <summary>An entry of the bucket: how loud a speaker's lines arrive. Its JSON is for people who look.</summary>
/// <param name="Speaker">Whose lines, the beginning of the name; empty for those of nobody in particular.</param>
/// <param name="Place">Where it was measured: empty for the line as it arrived, else a preset.</param>
/// <param name="Lufs">How loud.</param>
internal sealed record SpeakerLevel(string Speaker, string Place, double Lufs)
{
    // A name is any text a caller sends, of any length; an entry is small.
    private const int MostCharacters = 100;

    // What is quieter or louder no host has measured.
    private const double Quietest = -100;
    private const double Loudest = 20;

    /// <summary>The key of a speaker's level: letters and digits, whatever the names.</summary>
    public static string KeyOf(string speaker, string place) => Base64Url.EncodeToString(
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{speaker.Length}:{speaker}{place}")));

    /// <summary>What is stored.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new SpeakerLevel(Beginning(Speaker), Beginning(Place), Math.Round(Lufs, 2)), JsonSerializerOptions.Web);

    /// <summary>What was stored; null where something else stands there.</summary>
    public static double? LufsOf(byte[]? json)
    {
        try
        {
            return JsonSerializer.Deserialize<SpeakerLevel>(json, JsonSerializerOptions.Web) is
                { Lufs: >= Quietest and <= Loudest } level ? level.Lufs : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Beginning(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];
}
