using System;
using R3X.FxHost.Cli.Terminals;
using R3X.FxHost.Matching;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>Shows on a terminal how far a fit is.</summary>
internal sealed class MatchBar : IProgress<MatchProgress>, IDisposable
{
    private readonly ProgressBar _bar = new();

    public void Report(MatchProgress value) => _bar.Show(value.Done, value.What);

    public void Dispose() => _bar.Dispose();
}
