using System;
using System.Threading;
using R3X.FxHost.Cli.Terminals;

namespace R3X.FxHost.Cli;

/// <summary>
/// What people see while a line loops and they edit its preset: mistakes, and on a terminal one line that says what
/// changed last. Any thread.
/// </summary>
internal sealed class WatchStatus : IProgress<PresetNews>, IDisposable
{
    private readonly bool _hasTerminal = !Console.IsErrorRedirected;
    private readonly Lock _lock = new();

    public void Report(PresetNews value)
    {
        lock (_lock)
        {
            if (value.Mistakes.Count > 0)
            {
                Clear();
                foreach (string mistake in value.Mistakes)
                    Messages.Warning(mistake);
            }

            string[] said = [.. value.IsRepaired ? ["right again"] : Array.Empty<string>(), .. value.Changes];
            Show($"{value.Preset}: " + (said.Length > 0 ? string.Join(", ", said)
                : value.Mistakes.Count > 0 ? "as it was before; correct it and save again"
                : "save it to hear what you changed; Ctrl-C ends"));
        }
    }

    /// <summary>Leaves the line as it stands and goes below it.</summary>
    public void Dispose()
    {
        if (_hasTerminal)
            Console.Error.WriteLine();
    }

    private void Show(string text)
    {
        if (_hasTerminal)
            StatusLine.Write(Console.Error, text);
    }

    private void Clear()
    {
        if (_hasTerminal)
            Console.Error.Write(StatusLine.Clear);
    }
}
