using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>Streams at once, each in real time, through the server.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The load is paced in real time.")]
internal sealed class Load(PacedService service, ServerProcess server, Mp3Line line, string preset)
{
    // Assistants do not all begin to speak at the same moment: 300 of them, with lines of five seconds, begin 60 lines
    // a second.
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // By how much less may be heard than was sent, to a sample of the output.
    private const double LostSeconds = 0.001;

    private const int MostWaited = 1_000;

    private int _number;
    private double _lag;

    /// <summary>Finds out how far the output is behind the input in sound: what the codecs and the chain hold
    /// back.</summary>
    public void FindLag(CancellationToken cancellation)
    {
        const int Chunks = 24;
        List<double> behind = [];
        PacedStream stream = Begin(paced: false);
        while (behind.Count < Chunks)
        {
            cancellation.ThrowIfCancellationRequested();
            Thread.Sleep((int)(line.ChunkSeconds * 1_500));
            if (stream.HeardSeconds > 0)
                behind.Add(stream.SentSeconds - stream.HeardSeconds);
            if (stream.IsClosed)
                throw new System.IO.IOException($"The server answered with {stream.Status} and closed the stream.");
            stream.TrySendNow();
        }

        // The first ones are held until the format is known.
        _lag = behind.TakeLast(Chunks / 2).Order().ElementAt(Chunks / 4) + 0.0001;
        End([stream]);
        Leave([stream]);
    }

    /// <summary>Runs streams.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seconds">How long, once all of them run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="beside">Who else comes when all of them run; empty for nobody.</param>
    /// <param name="come">Has them come.</param>
    public LoadRow Run(int count, double seconds, CancellationToken cancellation, string beside = "",
        Action<Crowd>? come = null)
    {
        List<PacedStream> streams = [];
        using var crowd = new Crowd(server.Address);
        try
        {
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                streams.Add(Begin(paced: true));
                Thread.Sleep(BetweenStarts);
            }

            // What beginning costs shows in the first blocks, and in those that come too late; the rest is measured
            // when all of them run.
            WaitFor(() => streams.TrueForAll(static stream => stream.FirstMs >= 0 || stream.IsClosed));
            foreach (PacedStream stream in streams)
                stream.Measure();
            long began = Stopwatch.GetTimestamp();
            (TimeSpan ofServer, TimeSpan own) = (server.Worked, Environment.CpuUsage.TotalTime);
            come?.Invoke(crowd);
            TimeSpan left = TimeSpan.FromSeconds(seconds) - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                cancellation.WaitHandle.WaitOne(left);
            cancellation.ThrowIfCancellationRequested();
            double took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            ofServer = server.Worked - ofServer;
            own = Environment.CpuUsage.TotalTime - own;
            double megabytes = server.Megabytes;
            crowd.Count();
            End(streams);
            float[] latency = [.. streams.SelectMany(stream => stream.LatencyMs).Order()];
            float[] first = [.. streams.Select(stream => (float)stream.FirstMs).Where(float.IsFinite).Order()];
            return new LoadRow(
                count, beside, crowd.Shed, seconds, streams.Sum(stream => stream.Blocks),
                streams.Sum(stream => stream.Late),
                streams.Count(stream => !stream.IsComplete),
                streams.Count(stream => stream.IsComplete && stream.SentSeconds - stream.HeardSeconds > LostSeconds),
                At(first, 0.5), At(first, 0.99), At(latency, 0.5), At(latency, 0.99), At(latency, 1),
                streams.Max(stream => stream.SentLateMs),
                ofServer.TotalSeconds / took, own.TotalSeconds / took, megabytes);
        }
        finally
        {
            Leave(streams);
        }
    }

    /// <summary>Has listeners come who take nothing, while their lines arrive as fast as the server takes
    /// them.</summary>
    /// <param name="crowd">Keeps them.</param>
    /// <param name="count">How many.</param>
    /// <param name="lineSeconds">How long each line is.</param>
    public void ComeUnread(Crowd crowd, int count, double lineSeconds)
    {
        for (int i = 0; i < count; i++)
        {
            PacedStream stream = Begin(paced: false, listens: false);
            crowd.Keep(stream);
            // A server that is busy takes a while to ask for it; one that refused never does.
            for (int waited = 0; !stream.IsAsked && waited < MostWaited; waited++)
                Thread.Sleep(1);
            while (stream.IsAsked && !stream.IsClosed && stream.SentSeconds < lineSeconds)
                stream.TrySendNow();
            service.Remove(stream);
        }
    }

    private static double At(float[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(share * (sorted.Length - 1))];

    private PacedStream Begin(bool paced, bool listens = true)
    {
        int number = ++_number;
        var stream = new PacedStream(number, line, _lag, paced) { Listens = listens };
        stream.Connect(server.Address, preset);
        service.Add(stream);
        return stream;
    }

    private static void End(List<PacedStream> streams)
    {
        foreach (PacedStream stream in streams)
            stream.End();
        WaitFor(() => streams.TrueForAll(static stream => stream.IsComplete || stream.IsClosed));
    }

    private void Leave(List<PacedStream> streams)
    {
        foreach (PacedStream stream in streams)
        {
            service.Remove(stream);
            stream.Dispose();
        }
    }

    private static void WaitFor(Func<bool> isSo)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isSo() && Stopwatch.GetElapsedTime(began) < LongestWait)
            Thread.Sleep(20);
    }
}
