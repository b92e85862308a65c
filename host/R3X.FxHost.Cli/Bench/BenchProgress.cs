using System;
using R3X.FxHost.Cli.Terminals;

namespace R3X.FxHost.Cli.Bench;

/// <summary>
/// One line on a terminal's standard error that says what is being measured; nothing in a pipe. It is written between
/// measurements only: a bar that moves by itself would take time from them.
/// </summary>
internal sealed class BenchProgress(int steps) : IDisposable
{
    private readonly ProgressBar _bar = new();
    private int _step;

    public void Next(string what) => _bar.Show(_step++ / (double)steps, what);

    public void Dispose() => _bar.Dispose();
}
