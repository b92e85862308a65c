using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Tests.Decoding;
using R3X.FxHost.Tests.Metering;

namespace R3X.FxHost.Tests.Ear;

/// <summary>A line that presets are judged by, dry.</summary>
/// <param name="File">As it comes, a whole file.</param>
/// <param name="Decoded">Its samples.</param>
/// <param name="Likeness">To DJ R-3X.</param>
internal sealed record Voice(byte[] File, Decoded Decoded, LikenessScore Likeness)
{
    private static readonly Dictionary<string, Func<byte[]>> Sources = new()
    {
        ["demo line"] = () => System.IO.File.ReadAllBytes(Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3")),
        ["espeak-ng en-us"] = () => Fixture.Run("espeak-ng", [], ["-v", "en-us", "--stdout", Spoken.Text]),
        ["espeak-ng en-us+f3"] = () => Fixture.Run("espeak-ng", [], ["-v", "en-us+f3", "--stdout", Spoken.Text]),
        ["flite slt"] = () => Flite("slt"),
        ["flite rms"] = () => Flite("rms"),
    };

    private static readonly Dictionary<string, Func<byte[]>> More = new()
    {
        ["espeak-ng en-gb"] = () => Fixture.Run("espeak-ng", [], ["-v", "en-gb", "--stdout", Spoken.Text]),
        ["espeak-ng en-us+m3"] = () => Fixture.Run("espeak-ng", [], ["-v", "en-us+m3", "--stdout", Spoken.Text]),
        ["flite awb"] = () => Flite("awb"),
        ["flite kal16"] = () => Flite("kal16"),
    };

    private static readonly ConcurrentDictionary<string, Lazy<Voice>> Lines = new();

    /// <summary>Men and women of two synthesisers, and the command's own line: 16, 22.05 and 44.1 kHz.</summary>
    public static IEnumerable<string> Names => Sources.Keys;

    /// <summary>The same and more, for presets that promise a median over voices.</summary>
    public static IEnumerable<string> Many => Sources.Keys.Concat(More.Keys);

    /// <summary>A voice, spoken once a run.</summary>
    public static Voice Of(string name) => Lines.GetOrAdd(name, static name => new Lazy<Voice>(() =>
    {
        byte[] file = (Sources.GetValueOrDefault(name) ?? More[name])();
        var decoded = Decoded.From(file);
        return new Voice(file, decoded, LikenessOf(decoded));
    })).Value;

    /// <summary>To DJ R-3X: 1 is a recording of him, more is further away.</summary>
    public static LikenessScore LikenessOf(Decoded line) => CharacterProfile.DjRex.Score(
        LikenessFeatures.Of(line.Channels[0], line.Format.SampleRate, CharacterProfile.DjRex.RippleMs)
        ?? throw new InvalidDataException("The line is silent."));

    private static byte[] Flite(string voice)
    {
        string file = Path.GetTempFileName();
        try
        {
            Fixture.Run("flite", [], ["-voice", voice, "-t", Spoken.Text, "-o", file]);
            return System.IO.File.ReadAllBytes(file);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }
}
