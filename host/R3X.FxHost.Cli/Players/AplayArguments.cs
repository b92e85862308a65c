using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Cli.Players;

/// <summary>The command line of alsa-utils' aplay.</summary>
internal static class AplayArguments
{
    private static readonly string[] Elsewhere =
    [
        "help", "version", "list-devices", "list-pcms", "duration", "samples", "separate-channels", "interactive",
        "max-file-time", "use-strftime", "process-id-file", "dump-hw-params", "test-position", "test-coef",
        "test-nowait",
    ];

    /// <inheritdoc cref="PlayerUse.Read"/>
    public static PlayerUse? Read(string[] arguments)
    {
        var options = new GetoptOptions(
            "h,help", "version", "l,list-devices", "L,list-pcms", "D,device:", "q,quiet", "t,file-type:", "c,channels:",
            "f,format:", "r,rate:", "d,duration:", "s,samples:", "M,mmap", "N,nonblock", "F,period-time:",
            "B,buffer-time:", "period-size:", "buffer-size:", "A,avail-min:", "R,start-delay:", "T,stop-delay:",
            "v,verbose", "V,vumeter:", "I,separate-channels", "i,interactive", "m,chmap:", "disable-resample",
            "disable-channels", "disable-format", "disable-softvol", "test-position", "test-coef:", "test-nowait",
            "max-file-time:", "process-id-file:", "use-strftime", "dump-hw-params", "fatal-errors");
        if (!options.TryRead(arguments) || options.Values.Keys.Any(Elsewhere.Contains))
            return null;
        // Without a file it plays standard input.
        if (options.Files.Count > 1 || !options.Files.All(PlayerUse.IsStandardInput))
            return null;
        string[] notFollowed = [.. options.Values.Where(static option => option.Key is "device" or "chmap")
            .Select(static option => $"--{option.Key}={option.Value}")];
        string type = options.Values.GetValueOrDefault("file-type", "");
        bool saysNothing = !options.Values.Keys.Any(static name => name is "format" or "rate" or "channels");
        if (type is "wav" or "au" or "voc" or "sparc" || (type.Length == 0 && saysNothing))
            return PlayerUse.OfAnyFormat(notFollowed);
        return type is "" or "raw" ? Samples(options)?.Use(notFollowed) : null;
    }

    private static RawSamples? Samples(GetoptOptions options)
    {
        string format = options.Values.GetValueOrDefault("format", "U8");
        (string rate, string channels) = format switch { "cd" => ("44100", "2"), "dat" => ("48000", "2"),
            _ => ("8000", "1") };
        RawSamples? samples = RawSamples.Of(Coding(format), options.Values.GetValueOrDefault("rate", rate),
            options.Values.GetValueOrDefault("channels", channels));
        // As aplay does: 16 stands for 16,000 Hz.
        return samples is { Rate: < 1_000 } ? samples with { Rate = samples.Rate * 1_000 } : samples;
    }

    private static string Coding(string format) => format.ToUpperInvariant() switch
    {
        "U8" => "u8",
        "S16_LE" or "S16" or "CD" or "DAT" => "s16le",
        "S24_3LE" => "s24le",
        "S32_LE" or "S32" => "s32le",
        "FLOAT_LE" or "FLOAT" => "f32le",
        "FLOAT64_LE" or "FLOAT64" => "f64le",
        "MU_LAW" => "mulaw",
        "A_LAW" => "alaw",
        _ => format,
    };
}
