using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Cli.Players;

/// <summary>The command line of ffplay.</summary>
internal static class FfplayArguments
{
    // All others have a value.
    private static readonly string[] Flags =
    [
        "vn", "sn", "nodisp", "noborder", "alwaysontop", "autorotate", "noautorotate", "find_stream_info",
        "nofind_stream_info", "stats", "nostats", "fast", "genpts", "autoexit", "exitonkeydown", "exitonmousedown",
        "framedrop", "noframedrop", "infbuf", "noinfbuf", "hide_banner",
    ];

    // They print something, want a window or a part of the sound.
    private static readonly string[] Elsewhere =
    [
        "L", "h", "?", "help", "-help", "version", "buildconf", "formats", "muxers", "demuxers", "devices", "codecs",
        "decoders", "encoders", "bsfs", "protocols", "filters", "pix_fmts", "layouts", "sample_fmts", "dispositions",
        "colors", "sources", "sinks", "report", "an", "fs", "x", "y", "ss", "t", "vf", "showmode", "window_title",
    ];

    /// <inheritdoc cref="PlayerUse.Read"/>
    public static PlayerUse? Read(string[] arguments)
    {
        List<string> files = [];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int at = 0; at < arguments.Length; at++)
        {
            string word = arguments[at];
            if (word.Length < 2 || word[0] != '-')
            {
                files.Add(word);
                continue;
            }

            string name = word[1..];
            if (Elsewhere.Contains(name))
                return null;
            if (Flags.Contains(name))
                continue;
            if (++at >= arguments.Length)
                return null;
            if (name == "i")
                files.Add(arguments[at]);
            else
                values[name] = arguments[at];
        }

        return files is [var file] && IsStandardInput(file) ? Use(values) : null;
    }

    private static bool IsStandardInput(string file) =>
        PlayerUse.IsStandardInput(file) || file is "pipe:" or "pipe:0" or "fd:" or "fd:0";

    private static PlayerUse? Use(Dictionary<string, string> values)
    {
        string[] notFollowed = [.. values.Where(static option => option.Key is "volume" or "af" or "loop")
            .Select(static option => $"-{option.Key} {option.Value}")];
        string format = values.GetValueOrDefault("f", "");
        bool isRaw = format is "mulaw" or "alaw" or "u8" or "s8"
            || (format.Length is 5 && format[0] is 's' or 'u' or 'f' && format[^2..] is "le" or "be");
        if (!isRaw)
            return PlayerUse.OfAnyFormat(notFollowed);
        return RawSamples.Of(
            format,
            First(values, "ar", "sample_rate") ?? "44100",
            First(values, "ac", "ch_layout", "channel_layout", "channels") ?? "1")?.Use(notFollowed);
    }

    private static string? First(Dictionary<string, string> values, params string[] names) =>
        names.Select(values.GetValueOrDefault).FirstOrDefault(static value => value is not null);}
