using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Cli.Players;

/// <summary>The command line of PulseAudio's paplay.</summary>
internal static class PaplayArguments
{
    private static readonly string[] Elsewhere =
        ["help", "version", "record", "passthrough", "list-file-formats", "monitor-stream"];

    private static readonly string[] FromTheSink = ["fix-format", "fix-rate", "fix-channels"];

    /// <inheritdoc cref="PlayerUse.Read"/>
    public static PlayerUse? Read(string[] arguments)
    {
        var options = new GetoptOptions(
            "h,help", "version", "r,record", "p,playback", "v,verbose", "s,server:", "d,device:", "n,client-name:",
            "stream-name:", "volume:", "rate:", "format:", "channels:", "channel-map:", "fix-format", "fix-rate",
            "fix-channels", "no-remix", "no-remap", "latency:", "process-time:", "latency-msec:", "process-time-msec:",
            "property:", "raw", "passthrough", "file-format?", "list-file-formats", "monitor-stream:");
        if (!options.TryRead(arguments) || options.Values.Keys.Any(Elsewhere.Contains))
            return null;
        // Without a file it plays standard input.
        if (options.Files.Count > 1 || !options.Files.All(PlayerUse.IsStandardInput))
            return null;
        string[] notFollowed = [.. options.Values
            .Where(static option => option.Key is "server" or "device" or "volume" or "channel-map")
            .Select(static option => $"--{option.Key}={option.Value}")];
        if (!options.Values.ContainsKey("raw"))
            return PlayerUse.OfAnyFormat(notFollowed);
        if (options.Values.Keys.Any(FromTheSink.Contains))
            return null;
        return RawSamples.Of(
            Coding(options.Values.GetValueOrDefault("format", "s16ne")),
            options.Values.GetValueOrDefault("rate", "44100"),
            options.Values.GetValueOrDefault("channels", "2"))?.Use(notFollowed);
    }

    private static string Coding(string format) => format.ToLowerInvariant() switch
    {
        "u8" or "8" => "u8",
        "s16le" or "s16ne" or "s16" or "16" => "s16le",
        "s24le" or "s24ne" or "s24" or "24" => "s24le",
        "s32le" or "s32ne" or "s32" or "32" => "s32le",
        "float32le" or "float32ne" or "float32" or "float" => "f32le",
        "ulaw" or "mulaw" => "mulaw",
        "alaw" => "alaw",
        _ => format,
    };
}
