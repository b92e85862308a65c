using System;
using System.Globalization;
using System.Linq;

namespace R3X.FxHost.Cli.Players;

/// <summary>Which sound a player gives a line: environment variables say it, as a player's arguments have no room for
/// it.</summary>
internal static class PlayerSelection
{
    private static readonly string[] Fields = ["preset", "mood", "cue", "text", "speaker", "amount", "seed", "dry"];

    /// <summary>The environment variable of a field: <c>R3X_PRESET</c> for <c>preset</c>.</summary>
    public static string Variable(string field) => "R3X_" + field.ToUpperInvariant();

    /// <summary>For a host of this process.</summary>
    public static SpeechSelection Of() => new()
    {
        Preset = Value("preset"),
        Mood = Value("mood"),
        Cue = Value("cue"),
        Text = Value("text"),
        Speaker = Value("speaker"),
        Amount = Value("amount"),
        Seed = ulong.TryParse(Value("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed : null,
        IsDry = Value("dry") is "1" or "true" or "yes",
    };

    /// <summary>As fields of a server's query, each behind an ampersand.</summary>
    public static string Query() => string.Concat(Fields.Where(static field => Value(field) is not null)
        .Select(static field => $"&{field}={Uri.EscapeDataString(Value(field)!)}"));

    private static string? Value(string field) =>
        Environment.GetEnvironmentVariable(Variable(field)) is { Length: > 0 } value ? value : null;
}
