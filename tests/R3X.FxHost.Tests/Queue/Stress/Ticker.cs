using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace R3X.FxHost.Tests.Queue.Stress;

/// <summary>A thread of the assistant's own that wants to run every 5 ms, and how late it was.</summary>
internal sealed class Ticker : IDisposable
{
    private readonly List<double> _late = [];
    private readonly ManualResetEventSlim _never = new(false, 0);
    private readonly Thread _thread;
    private volatile bool _stopped;

    public Ticker()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "ticker" };
        _thread.Start();
    }

    /// <summary>Ends it.</summary>
    /// <returns>How many milliseconds late half of the ticks were at most.</returns>
    public double MedianLateness()
    {
        Dispose();
        _late.Sort();
        return _late[_late.Count / 2];
    }

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
        _never.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            long start = Stopwatch.GetTimestamp();
            _never.Wait(5);
            _late.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds - 5);
        }
    }
}
