using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>
/// Reads what stands under <c>serve</c> in host.yaml, and the same settings given one by one. What is missing or wrong
/// keeps what held before. Any thread.
/// </summary>
public static class ServeSettingsReader
{
    private const int WyomingPort = 10_210;
    private const double LongestTime = 24 * 3_600_000.0;

    private static readonly ValueRange Time = new("time", Quantity.Time, 1_000, LongestTime, 1_800_000);
    private static readonly ValueRange Idle = new("idle", Quantity.Time, 1_000, LongestTime, 60_000);

    private static readonly string[] Keys =
    [
        "address", "port", "wyoming-address", "wyoming-port", "token", "origins", "hosts", "openai", "elevenlabs",
        "wyoming", "announce", "nats", "voices", "speakers", "limits",
    ];

    // What is said of these in one place adds to what is said in another.
    private static readonly string[] Groups = ["voices", "speakers", "limits"];

    private static readonly string[] LimitKeys = ["lines", "lines-of-one", "text", "body", Time.Name, Idle.Name];

    private static readonly string[] SoundKeys = ["preset", "amount"];

    /// <summary>Reads one setting as host.yaml would have it behind its colon.</summary>
    /// <param name="place">What messages call the place, such as an option's name.</param>
    /// <param name="key">The setting's name.</param>
    /// <param name="value">Its value; <c>{ alloy: excited }</c> for groups, which add to what is there.</param>
    /// <param name="settings">What holds otherwise.</param>
    /// <param name="wrong">What is wrong with it.</param>
    public static ServeSettings Set(
        string place, string key, string value, ServeSettings settings, out IReadOnlyList<PresetDiagnostic> wrong)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(settings);
        string written = value.ReplaceLineEndings(" ").Trim();
        if (!written.StartsWith('{') && !written.StartsWith('['))
            written = $"'{written.Replace("'", "''", StringComparison.Ordinal)}'";
        var source = new SourceText(place, $"{key}: {written}", hasLines: false);
        var diagnostics = new DiagnosticBag(source);
        YamlDocument document = YamlReader.Read(source, diagnostics, "");
        if (document.Root is YamlMapping root)
            settings = Read(TopLevel.Of("serve", root, diagnostics), place, settings, diagnostics);
        wrong = [.. diagnostics.ToList().Select(static diagnostic => diagnostic with { SourceLine = null })];
        return settings;
    }

    /// <summary>The names of all settings.</summary>
    public static IReadOnlyList<string> Names => Keys;

    /// <summary>Reads the group.</summary>
    internal static ServeSettings Read(
        TopLevel? group, string place, ServeSettings otherwise, DiagnosticBag diagnostics)
    {
        if (group is null)
            return otherwise;
        group.RefuseUnknown(Keys, "Serve");
        return otherwise with
        {
            Address = Address(group, "address", diagnostics) ?? otherwise.Address,
            WyomingAddress = Address(group, "wyoming-address", diagnostics) ?? otherwise.WyomingAddress,
            Port = Whole(group, "port", 0, 65_535, otherwise.Port, diagnostics) ?? otherwise.Port,
            WyomingPort = IsOff(group, "wyoming-port")
                ? null : Whole(group, "wyoming-port", 0, 65_535, WyomingPort, diagnostics)
                    ?? otherwise.WyomingPort,
            Token = group.Text("token") ?? otherwise.Token,
            Origins = group.Find("origins") is null ? otherwise.Origins : group.Texts("origins"),
            Hosts = group.Find("hosts") is null ? otherwise.Hosts : group.Texts("hosts"),
            OpenAi = Service(group, "openai", "https://api.openai.com", otherwise.OpenAi, diagnostics),
            ElevenLabs = Service(group, "elevenlabs", "https://api.elevenlabs.io", otherwise.ElevenLabs, diagnostics),
            Wyoming = Service(group, "wyoming", "tcp://127.0.0.1:10200", otherwise.Wyoming, diagnostics),
            Announces = Switch(group, "announce", diagnostics) ?? otherwise.Announces,
            Nats = Nats(group, otherwise.Nats, diagnostics),
            Voices = Sounds(group, "voices", "{ alloy: excited }", otherwise.Voices, diagnostics),
            Speakers = Sounds(group, "speakers", "{ waiter: radio }", otherwise.Speakers, diagnostics),
            Limits = Limits(group.Group("limits", "{ lines: 256 }"), otherwise.Limits, diagnostics),
            Sources = Sources(group, place, otherwise.Sources),
        };
    }

    private static Dictionary<string, string> Sources(
        TopLevel group, string place, IReadOnlyDictionary<string, string> otherwise)
    {
        var sources = new Dictionary<string, string>(otherwise);
        foreach (YamlEntry entry in group.Entries)
        {
            string key = entry.Key.Text;
            string before = Groups.Contains(key) ? sources.GetValueOrDefault(key, "") : "";
            sources[key] = before.Length == 0 ? place
                : before.Split(", ").Contains(place) ? before : $"{before}, {place}";
        }

        return sources;
    }

    private static ServeLimits Limits(TopLevel? group, ServeLimits otherwise, DiagnosticBag diagnostics)
    {
        if (group is null)
            return otherwise;
        group.RefuseUnknown(LimitKeys, "Limits");
        return otherwise with
        {
            Lines = Whole(group, "lines", 1, 100_000, otherwise.Lines, diagnostics) ?? otherwise.Lines,
            LinesOfOne = Whole(group, "lines-of-one", 1, 100_000, otherwise.LinesOfOne, diagnostics)
                ?? otherwise.LinesOfOne,
            Text = Whole(group, "text", 1, 100_000_000, otherwise.Text, diagnostics) ?? otherwise.Text,
            Body = Whole(group, "body", 1, int.MaxValue, (int)otherwise.Body, diagnostics) ?? otherwise.Body,
            Time = group.Value(Time) is { } time ? TimeSpan.FromMilliseconds(time) : otherwise.Time,
            Idle = group.Value(Idle) is { } idle ? TimeSpan.FromMilliseconds(idle) : otherwise.Idle,
        };
    }

    private static bool IsOff(TopLevel group, string key) => group.Find(key) is { Value: YamlScalar { Text: "off" } };

    private static string? Address(TopLevel group, string key, DiagnosticBag diagnostics)
    {
        if (group.TextNode(key) is not { } text)
            return null;
        string address = text.Text.Trim();
        if (address is "*" or "localhost" || System.Net.IPAddress.TryParse(address, out _))
            return address == "localhost" ? "127.0.0.1" : address;
        diagnostics.Error(
            text.Span, $"{key} is an IP address of this machine; {Diagnostic.Quote(address)} is none.",
            "Write \"127.0.0.1\" for this machine alone, or \"*\" to be reached from others.");
        return null;
    }

    private static int? Whole(TopLevel group, string key, int least, int most, int example,
        DiagnosticBag diagnostics)
    {
        if (group.TextNode(key) is not { } text)
            return null;
        if (int.TryParse(text.Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most)
            return number;
        diagnostics.Error(
            text.Span,
            new Diagnostic($"{key} is a whole number from {least} to {most}; {Diagnostic.Quote(text.Text)} is none.",
                $"Write a number such as \"{example}\".", DiagnosticRule.Value));
        return null;
    }

    private static bool? Switch(TopLevel group, string key, DiagnosticBag diagnostics)
    {
        switch (group.TextNode(key)?.Text.Trim())
        {
            case null: return null;
            case "on" or "true": return true;
            case "off" or "false": return false;
            case { } other:
                diagnostics.Error(
                    group.TextNode(key)!.Span, $"{key} is on or off; {Diagnostic.Quote(other)} is neither.",
                    "Write \"on\" or \"off\".");
                return null;
        }
    }

    // A base address may end in /v1, as clients' settings often do.
    private static Uri? Service(
        TopLevel group, string key, string example, Uri? otherwise, DiagnosticBag diagnostics)
    {
        if (IsOff(group, key))
            return null;
        if (group.TextNode(key) is not { } text)
            return otherwise;
        string scheme = example[..example.IndexOf(':', StringComparison.Ordinal)];
        string address = text.Text.Trim();
        bool isHttp = scheme == "https";
        if (Uri.TryCreate(isHttp || address.Contains("://", StringComparison.Ordinal) ? address : $"tcp://{address}",
                UriKind.Absolute, out Uri? uri)
            && (isHttp ? uri.Scheme is "http" or "https" : uri is { Scheme: "tcp", Port: > 0 })
            && uri.UserInfo.Length == 0)
        {
            string path = uri.AbsolutePath.TrimEnd('/');
            if (path.EndsWith("/v1", StringComparison.Ordinal))
                path = path[..^3];
            return new UriBuilder(uri.Scheme, uri.Host, uri.Port, path).Uri;
        }

        diagnostics.Error(
            text.Span, $"{key} is the address of a speech service; {Diagnostic.Quote(address)} is none.",
            $"Write an address such as \"{example}\", or \"off\".");
        return otherwise;
    }

    private static string? Nats(TopLevel group, string? otherwise, DiagnosticBag diagnostics)
    {
        if (IsOff(group, "nats"))
            return null;
        if (group.TextNode("nats") is not { } text)
            return otherwise;
        string[] servers = text.Text.Split(',', StringSplitOptions.TrimEntries);
        if (servers.All(static server => Uri.TryCreate(server, UriKind.Absolute, out Uri? uri)
            && uri.Scheme is "nats" or "tls" && uri.Host.Length > 0))
            return string.Join(',', servers);
        diagnostics.Error(
            text.Span, $"nats is the address of a NATS server; {Diagnostic.Quote(text.Text)} is none.",
            "Write an address such as \"nats://127.0.0.1:4222\", several with commas between, or \"off\".");
        return otherwise;
    }

    private static IReadOnlyDictionary<string, VoiceSound> Sounds(
        TopLevel group, string key, string example, IReadOnlyDictionary<string, VoiceSound> otherwise,
        DiagnosticBag diagnostics)
    {
        if (group.Group(key, example) is not { } names)
            return otherwise;
        var sounds = new Dictionary<string, VoiceSound>(otherwise, StringComparer.Ordinal);
        foreach (YamlEntry entry in names.Entries)
        {
            string name = entry.Key.Text;
            if (entry.Value is YamlMapping)
            {
                TopLevel sound = names.Group(name, "{ preset: excited }")!;
                sound.RefuseUnknown(SoundKeys, "A voice's sound");
                sounds[name] = new VoiceSound(sound.Text("preset"), sound.Text("amount"));
            }
            else if (names.TextNode(name) is { } text)
            {
                sounds[name] = OfText(text.Text.Trim());
            }
        }

        return sounds;
    }

    /// <summary>A preset's id, with an amount behind an @ where there is one: <c>excited@70%</c>.</summary>
    private static VoiceSound OfText(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? new VoiceSound(text) : new VoiceSound(text[..at], text[(at + 1)..]);
    }
}
