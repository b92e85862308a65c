using System;
using System.Globalization;

namespace R3X.FxHost.Cli.Bench;

/// <summary>
/// One line on a terminal's standard error that says what is being measured; nothing in a pipe. It is written between
/// measurements only: a bar that moves by itself would take time from them.
/// </summary>
internal sealed class BenchProgress(int steps) : IDisposable
{
    private const int Width = 20;
    private int _step;

    public void Next(string what)
    {
        if (Console.IsErrorRedirected)
            return;
        int full = Math.Min(Width, Width * _step++ / steps);
        Say(string.Create(CultureInfo.InvariantCulture, $"{new string('━', full)}{new string('─', Width - full)} {what}"));
    }

    public void Dispose()
    {
        if (!Console.IsErrorRedirected)
            Say("");
    }

    // Back to the beginning, and whatever is longer there away.
    private static void Say(string text) => Console.Error.Write("\r" + text + "\u001b[K");
}
