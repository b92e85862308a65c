using System;
using System.Collections.Generic;
using System.Threading;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>
/// How many streams the server carries on this machine: more and more of them, until a listener would have heard a gap;
/// then closer and closer to that number.
/// </summary>
/// <param name="preset">The streams' preset.</param>
/// <param name="serverOptions">Further options of the server.</param>
/// <param name="seconds">How long each number of streams is tried.</param>
/// <param name="refinements">How often the number is narrowed down.</param>
internal sealed class ServeBench(
    string preset, IEnumerable<string> serverOptions, double seconds, int refinements)
{
    private const int First = 50;
    private const int Most = 3_200;
    private const double WarmUpSeconds = 3;

    // Of the streams that were carried, where latency and what others do are looked at.
    private const double WorkingShare = 0.8;

    // Nothing of the server's own limits: they are not what is measured.
    private static readonly string[] NoLimits = ["--limit", "lines=4000", "--limit", "lines-of-one=4000"];

    /// <summary>Measures.</summary>
    /// <param name="streams">How many streams; null finds out how many are carried.</param>
    /// <param name="printsSteps">Whether each step is printed when it is done.</param>
    /// <param name="cancellation">Ends it.</param>
    public ServeRow Measure(int? streams, bool printsSteps, CancellationToken cancellation)
    {
        using var service = new PacedService();
        using var server = new ServerProcess(service.Address, [.. NoLimits, .. serverOptions]);
        var load = new Load(service, server, Mp3Line.Of(DemoVerb.LineFile), preset);
        load.FindLag(cancellation);
        // A server that has just begun still compiles.
        load.Run(Math.Min(streams ?? First, First), Math.Min(seconds, WarmUpSeconds), cancellation);
        List<LoadRow> steps = [];
        LoadRow Run(int count) => Add(load.Run(count, seconds, cancellation));
        LoadRow Add(LoadRow row)
        {
            steps.Add(row);
            if (printsSteps)
                ServeReport.Print(row, isFirst: steps.Count == 1);
            return row;
        }

        if (streams is { } fixedCount)
        {
            LoadRow row = Run(fixedCount);
            MeasureBeside(load, fixedCount, Add, cancellation);
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

        LoadRow working = Run(Math.Max(1, (int)(good * WorkingShare)));
        MeasureBeside(load, Math.Max(1, good / 2), Add, cancellation);
        return new ServeRow(good, working, steps);
    }

    // Others must not be heard worse for callers who do not behave, nor the server grow with each of them.
    private void MeasureBeside(Load load, int count, Func<LoadRow, LoadRow> add, CancellationToken cancellation)
    {
        LoadRow Beside(string who, Action<Crowd> come) =>
            add(load.Run(count, seconds, cancellation, who, come));
        Beside("50 who take nothing", crowd => load.ComeUnread(crowd, 50, lineSeconds: 60));
        Beside("1,000 half requests", static crowd => crowd.Come(
            1_000, "POST /v1/audio/speech HTTP/1.1\r\nHost: lo"));
        Beside("5,000 connects", static crowd => crowd.Come(5_000, ""));
        add(load.Run(count, seconds, cancellation, "nobody, afterwards"));
    }
}
