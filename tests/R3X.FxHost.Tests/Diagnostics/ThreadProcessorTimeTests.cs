using System;
using System.Diagnostics;
using System.Threading;
using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Diagnostics;

public sealed class ThreadProcessorTimeTests
{
    [Fact]
    public void Work_counts_and_waiting_does_not()
    {
        TimeSpan? start = ThreadProcessorTime.Now();
        Assert.NotNull(start);
        using var never = new ManualResetEventSlim(false, 0);
        never.Wait(100, TestContext.Current.CancellationToken);
        TimeSpan? waited = ThreadProcessorTime.Now();
        Assert.InRange((waited - start) ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        // Until it has really been given 30 ms of a processor.
        long began = Stopwatch.GetTimestamp();
        while (ThreadProcessorTime.Now() - waited < TimeSpan.FromMilliseconds(30))
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
    }
}
