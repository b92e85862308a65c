using System;
using System.Globalization;
using R3X.FxHost.Matching;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>
/// One line on a terminal's standard error that says what is being done and how far it is; nothing in a pipe.
/// </summary>
internal sealed class ProgressBar : IProgress<MatchProgress>, IDisposable
{
    private const int Width = 30;

    public void Report(MatchProgress value)
    {
        int full = Math.Clamp((int)(Width * value.Done), 0, Width);
        Say(string.Create(CultureInfo.InvariantCulture,
            $"{new string('━', full)}{new string('─', Width - full)} {value.Done * 100,3:0}% {value.What}"));
    }

    public void Dispose() => Say("");

    // Back to the beginning, and whatever is longer there away.
    private static void Say(string text)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\r" + text + "\u001b[K");
    }
}
