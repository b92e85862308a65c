using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Cli.Players;

/// <summary>The command line of mpv.</summary>
internal static class MpvArguments
{
    // Written with one dash they could have a value in the next word, and have none.
    private static readonly string[] Flags = ["v", "quiet", "really-quiet", "idle", "pause", "terminal", "video"];

    // They print something, want a window, a part of the sound, a file or silence.
    private static readonly string[] Elsewhere =
    [
        "V", "version", "h", "help", "list-options", "list-properties", "list-protocols", "idle", "playlist", "start",
        "end", "length", "no-audio", "aid", "o", "fs", "fullscreen", "force-window", "wid", "pause",
    ];

    private static readonly string[] ChangesWhatIsHeard =
        ["volume", "mute", "af", "speed", "audio-device", "audio-channels", "loop", "loop-file"];

    /// <inheritdoc cref="PlayerUse.Read"/>
    public static PlayerUse? Read(string[] arguments)
    {
        List<string> files = [];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int at = 0; at < arguments.Length; at++)
        {
            string word = arguments[at];
            if (word == "--")
            {
                files.AddRange(arguments[(at + 1)..]);
                break;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                files.Add(word);
                continue;
            }

            string[] parts = word.TrimStart('-').Split('=', 2);
            string value = parts.Length > 1 ? parts[1] : "";
            // -ao pulse: the older way to write --ao=pulse.
            if (parts.Length == 1 && word[1] != '-' && !Flags.Contains(parts[0])
                && !parts[0].StartsWith("no-", StringComparison.Ordinal)
                && at + 1 < arguments.Length && !arguments[at + 1].StartsWith('-')
                && !IsStandardInput(arguments[at + 1]))
                value = arguments[++at];
            values[parts[0]] = value;
        }

        return files is [var file] && IsStandardInput(file) ? Use(values) : null;
    }

    private static bool IsStandardInput(string file) =>
        PlayerUse.IsStandardInput(file) || file is "fd://0" or "fdclose://0" or "file:///dev/stdin";

    private static PlayerUse? Use(Dictionary<string, string> values)
    {
        if (values.Any(static option => Elsewhere.Contains(option.Key) && option.Value != "no")
            || values.ContainsValue("help") || values.GetValueOrDefault("aid") == "no"
            || values.GetValueOrDefault("audio") == "no" || values.GetValueOrDefault("ao") is "null" or "pcm")
            return null;
        string[] notFollowed = [.. values.Where(static option => ChangesWhatIsHeard.Contains(option.Key))
            .Select(static option => $"--{option.Key}={option.Value}")];
        if (values.GetValueOrDefault("demuxer") != "rawaudio")
            return PlayerUse.OfAnyFormat(notFollowed);
        return RawSamples.Of(
            Coding(values.GetValueOrDefault("demuxer-rawaudio-format", "s16le")),
            values.GetValueOrDefault("demuxer-rawaudio-rate", "44100"),
            values.GetValueOrDefault("demuxer-rawaudio-channels", "stereo"))?.Use(notFollowed);
    }

    private static string Coding(string format) => format switch
    {
        "s16" => "s16le",
        "s24" => "s24le",
        "s32" => "s32le",
        "float" or "floatle" => "f32le",
        "double" or "doublele" => "f64le",
        _ => format,
    };}
