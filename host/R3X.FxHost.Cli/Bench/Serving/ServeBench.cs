using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>
/// How many streams the server carries on this machine: more and more of them, until a listener would have heard a gap;
/// then closer and closer to that number.
/// </summary>
internal sealed class ServeBench(string preset, IEnumerable<string> serverOptions, double seconds, int refinements)
{
    private const int First = 50;
    private const int Most = 3_200;

    // Of the streams that were carried, where latency and what others do are looked at.
    private const double WorkingShare = 0.8;

    // Nothing of the server's own limits: they are not what is measured.
    private static readonly string[] NoLimits = ["--limit", "lines=100000", "--limit", "lines-of-one=100000"];

    /// <summary>Measures.</summary>
    /// <param name="streams">How many streams; null finds out how many are carried.</param>
    /// <param name="cancellation">Ends it.</param>
    public ServeRow Measure(int? streams, CancellationToken cancellation)
    {
        // Sockets tell this program what came without a hop to another thread. Before the first socket.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        using var service = new PacedService();
        using var server = new ServerProcess(service.Address, [.. NoLimits, .. serverOptions]);
        var load = new Load(service, server, Mp3Line.Of(DemoVerb.LineFile), preset);
        load.FindLag(cancellation);
        List<LoadRow> steps = [];
        LoadRow Run(int count)
        {
            LoadRow row = load.Run(count, seconds, cancellation);
            steps.Add(row);
            ServeReport.Print(row, isFirst: steps.Count == 1);
            return row;
        }

        if (streams is { } fixedCount)
        {
            LoadRow row = Run(fixedCount);
            return new ServeRow(row.IsSustained ? fixedCount : 0, row, steps);
        }

        (int good, int bad) = (0, Most);
        for (int count = First; count <= Most && bad == Most; count *= 2)
        {
            if (Run(count).IsSustained)
                good = count;
            else
                bad = count;
        }

        for (int i = 0; i < refinements && bad - good > First / 2; i++)
        {
            int count = (good + bad) / 2;
            if (Run(count).IsSustained)
                good = count;
            else
                bad = count;
        }

        return new ServeRow(good, Run((int)(good * WorkingShare)), steps);
    }
}
