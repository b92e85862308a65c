using System;
using System.Globalization;
using System.Threading;

namespace R3X.FxHost.Cli.Terminals;

/// <summary>
/// One line on a terminal's standard error that says what is being done and how far it is; nothing in a pipe. Any
/// thread.
/// </summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 30;

    private readonly bool _hasTerminal = !Console.IsErrorRedirected;
    private readonly Lock _lock = new();
    private double _done;

    /// <summary>Says how far it is. What comes late from another thread does not turn it back.</summary>
    /// <param name="done">0 to 1.</param>
    /// <param name="what">What is being done.</param>
    public void Show(double done, string what)
    {
        if (!_hasTerminal)
            return;
        lock (_lock)
        {
            _done = Math.Clamp(Math.Max(_done, done), 0, 1);
            int full = (int)(Width * _done);
            StatusLine.Write(Console.Error, string.Create(CultureInfo.InvariantCulture,
                $"{new string('━', full)}{new string('─', Width - full)} {_done * 100,3:0}% {what}"));
        }
    }

    public void Dispose()
    {
        if (_hasTerminal)
            Console.Error.Write(StatusLine.Clear);
    }
}
