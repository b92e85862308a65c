using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Lights;

/// <summary>What a droid makes of the levels of what is heard.</summary>
public static class SpeechLevels
{
    /// <summary>Turns levels into numbers for lights.</summary>
    /// <param name="levels">The levels, as they are heard.</param>
    /// <param name="scale">The droid's scale; null takes <see cref="LightScale.Usual"/>.</param>
    /// <returns>As many as there are levels, each at once.</returns>
    public static IAsyncEnumerable<LightLevel> AsLights(
        this IAsyncEnumerable<SpeechLevel> levels, LightScale? scale = null)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return Lights(levels, scale ?? LightScale.Usual, CancellationToken.None);
    }

    /// <summary>
    /// Turns levels into lines of text for a controller: <c>await foreach (string line in host.Levels().AsLines())
    /// port.WriteLine(line);</c>.
    /// </summary>
    /// <param name="levels">The levels, as they are heard.</param>
    /// <param name="lines">How the controller wants to be told; null takes <see cref="LightLines.Serial"/>.</param>
    /// <returns>Lines without their ends, each as soon as its level comes.</returns>
    public static IAsyncEnumerable<string> AsLines(this IAsyncEnumerable<SpeechLevel> levels, LightLines? lines = null)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return Lines(levels, lines ?? LightLines.Serial, CancellationToken.None);
    }

    private static async IAsyncEnumerable<LightLevel> Lights(
        IAsyncEnumerable<SpeechLevel> levels, LightScale scale, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lights = new LightFollower(scale);
        await foreach (SpeechLevel level in levels.WithCancellation(cancellation))
            yield return lights.Next(level);
    }

    private static async IAsyncEnumerable<string> Lines(
        IAsyncEnumerable<SpeechLevel> levels, LightLines lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lights = new LightFollower(lines.Scale);
        string? before = null;
        await foreach (SpeechLevel level in levels.WithCancellation(cancellation))
        {
            (string? start, string? text, string? stop) = lines.Fill(level, lights.Next(level));
            if (start is not null)
                yield return start;
            if (text is not null && (lines.RepeatsLevels || text != before))
                yield return before = text;
            if (stop is not null)
                yield return stop;
        }
    }
}
