using System.Collections.Generic;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>What <c>bench --serve --json</c> prints.</summary>
/// <param name="Sustained">How many streams at once were heard without a gap.</param>
/// <param name="Working">Four fifths of that.</param>
/// <param name="Steps">Everything that was tried, in order.</param>
internal sealed record ServeRow(int Sustained, LoadRow Working, IReadOnlyList<LoadRow> Steps);
