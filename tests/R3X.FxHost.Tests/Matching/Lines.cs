using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using R3X.FxHost.Matching;
using R3X.FxHost.Tests.Decoding;

namespace R3X.FxHost.Tests.Matching;

/// <summary>Lines of speech synthesisers, of two to six seconds.</summary>
internal static class Lines
{
    private static readonly string[] Texts =
    [
        "Welcome back to the cantina, everybody. My name is Rex, and I will be your host tonight.",
        "The next song goes out to the pilots at the far table, who have had a very long day.",
        "If you need anything at all, just wave at the bar and somebody will come over.",
        "We had some trouble with the power couplings this morning, but the music never stops.",
        "Please keep your blasters in their holsters and your drinks away from the mixing desk.",
        "I once flew a shuttle full of tourists straight past the moon, but that was another life.",
        "There is a storm coming in from the north, so the landing bay will close in an hour.",
        "Here comes a track that I found in an old freighter, buried under a pile of scrap.",
        "Your order is ready at the counter, and the cook says you should try the noodles.",
        "Some people say that droids cannot dance, and I have made it my job to prove them wrong.",
        "Check your belts, hold on to your hats, and let us see what this ship can do.",
        "That was the last call for tonight, thank you all for coming, and fly safely home.",
    ];

    private static readonly ConcurrentDictionary<(string Voice, int Line), MatchLine> Spoken = new();

    /// <summary>Some of the twelve lines.</summary>
    /// <param name="voice">A voice of espeak-ng, or "flite" and one of flite's.</param>
    /// <param name="lines">Which.</param>
    public static MatchLine[] Of(string voice, Range lines) =>
        [.. Enumerable.Range(0, Texts.Length).ToArray()[lines].Select(line => Spoken.GetOrAdd((voice, line), Speak))];

    private static MatchLine Speak((string Voice, int Line) key)
    {
        byte[] wave = key.Voice.StartsWith("flite ", StringComparison.Ordinal)
            ? Flite(key.Voice[6..], Texts[key.Line])
            : Fixture.Run("espeak-ng", [], ["-v", key.Voice, "--stdout", Texts[key.Line]]);
        var decoded = Decoded.From(wave);
        return new MatchLine($"{key.Voice} {key.Line}", decoded.Channels[0], decoded.Format.SampleRate);
    }

    private static byte[] Flite(string voice, string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            Fixture.Run("flite", [], ["-voice", voice, "-t", text, "-o", file]);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
