using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using R3X.FxHost.Nats;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Server.Configuration;

/// <summary>Which settings hold and where each was given, as <c>r3x serve --settings</c> prints them. Secrets are not
/// shown.</summary>
internal static class SettingsTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes them as a table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="presets">The folder of presets, and where it was named.</param>
    /// <param name="settings">The settings.</param>
    public static void Write(TextWriter output, (string Folder, string From) presets, ServeSettings settings)
    {
        List<(string Key, string Value, string From)> rows = [("setting", "value", "from"), .. Rows(presets, settings)];
        int keys = rows.Max(static row => row.Key.Length);
        int values = rows.Max(static row => Math.Min(row.Value.Length, 50));
        foreach ((string key, string value, string from) in rows)
            output.WriteLine($"{key.PadRight(keys)}  {value.PadRight(values)}  {from}".TrimEnd());
    }

    /// <summary>Writes them as JSON: an object with <c>value</c> and <c>from</c> for each key.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="presets">The folder of presets, and where it was named.</param>
    /// <param name="settings">The settings.</param>
    public static void WriteJson(TextWriter output, (string Folder, string From) presets, ServeSettings settings) =>
        output.WriteLine(JsonSerializer.Serialize(Rows(presets, settings).ToDictionary(
            static row => row.Key, static row => new { value = row.Value, from = row.From }), Indented));

    /// <summary>A setting's value in words.</summary>
    public static string Text(ServeSettings settings, string key) => key switch
    {
        "address" => settings.Address,
        "port" => Text(settings.Port),
        "wyoming-address" => settings.WyomingAddress,
        "wyoming-port" => settings.WyomingPort is { } port ? Text(port) : "off",
        "token" => settings.Token is null ? "none" : "set, not shown",
        "origins" => Text(settings.Origins),
        "hosts" => Text(settings.Hosts),
        "openai" => Text(settings.OpenAi),
        "elevenlabs" => Text(settings.ElevenLabs),
        "wyoming" => Text(settings.Wyoming),
        "nats" => settings.Nats is { } nats ? NatsServers.WithoutSecrets(nats) : "off",
        "announce" => settings.Announces ? "on" : "off",
        "voices" => Text(settings.Voices),
        "speakers" => Text(settings.Speakers),
        "limits" => string.Create(CultureInfo.InvariantCulture, $"lines={settings.Limits.Lines}, "
            + $"lines-of-one={settings.Limits.LinesOfOne}, text={settings.Limits.Text}, body={settings.Limits.Body}, "
            + $"time={settings.Limits.Time.TotalSeconds} s, idle={settings.Limits.Idle.TotalSeconds} s"),
        _ => settings.Sources.ContainsKey(key) ? "set" : "none",
    };

    private static IEnumerable<(string Key, string Value, string From)> Rows(
        (string Folder, string From) presets, ServeSettings settings) =>
    [
        ("presets", presets.Folder, presets.From),
        .. ServeSettingsReader.Names.Select(
            key => (key, Text(settings, key), settings.Sources.GetValueOrDefault(key, "default"))),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<string> texts) => texts.Count == 0 ? "none" : string.Join(", ", texts);

    private static string Text(Uri? service) => service is null ? "off" : service.AbsoluteUri.TrimEnd('/');

    private static string Text(IReadOnlyDictionary<string, VoiceSound> sounds) => sounds.Count == 0 ? "none"
        : string.Join(", ", sounds.Select(static sound => $"{sound.Key}={sound.Value.Preset}"
            + (sound.Value.Amount is null ? "" : "@" + sound.Value.Amount)));
}
