using System;

namespace R3X.FxHost.Cli.Players;

/// <summary>How a server came to an end with a line.</summary>
/// <param name="IsOver">Whether the line was heard, or somebody interrupted it. Otherwise another has to go
/// on.</param>
/// <param name="Heard">How much of it was heard.</param>
/// <param name="Reason">Why it is not over; empty where it is.</param>
internal sealed record ServerEnd(bool IsOver, TimeSpan Heard, string Reason);
