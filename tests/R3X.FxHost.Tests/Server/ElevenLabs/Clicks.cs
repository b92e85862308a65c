using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

/// <summary>The voice that clicks where a word begins: whether words are told to begin where they are heard.</summary>
internal static class Clicks
{
    private const int Rate = 44_100;
    private const double Allowed = 0.010;
    private const double Around = 0.100;

    /// <summary>Checks the begin of every word, to 10 ms.</summary>
    /// <param name="heard">Samples at 44,100 Hz.</param>
    /// <param name="told">Characters and when they are said to begin, in seconds.</param>
    public static void AssertAt(float[] heard, IEnumerable<(string Character, double Start)> told)
    {
        List<(string Character, double Start)> all = [.. told];
        string text = string.Concat(all.Select(c => c.Character));
        Assert.Equal(SpokenBySdk.Clicks, text.TrimEnd());
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Character == " " || (i > 0 && all[i - 1].Character != " "))
                continue;
            double start = all[i].Start;
            int from = Math.Clamp((int)((start - Around) * Rate), 0, heard.Length);
            float[] near = heard[from..Math.Clamp((int)((start + Around) * Rate), from, heard.Length)];
            float peak = near.Max(Math.Abs);
            int at = Array.FindIndex(near, s => Math.Abs(s) > peak / 3);
            Assert.InRange((from + at) / (double)Rate, start - Allowed, start + Allowed);
        }
    }
}
