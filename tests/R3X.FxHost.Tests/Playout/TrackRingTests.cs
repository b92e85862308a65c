using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Threading;
using Xunit;

namespace R3X.FxHost.Tests.Playout;

public sealed class TrackRingTests
{
    [Fact]
    public async Task What_one_thread_writes_another_reads_in_order_and_whole()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        const int frames = 100_000;
        float[] sent = TestSignal.WhiteNoise(-10, frames);
        using var changed = new Wakeup(TimeProvider.System);
        using var ring = new TrackRing(new AudioFormat(48_000, 1), 777, changed);
        var received = new float[frames];

        Task reading = Task.Run(
            () =>
            {
                for (int at = 0; at < frames;)
                {
                    changed.Reset();
                    int read = ring.Read(new AudioBlock(received.AsSpan(at, Math.Min(100, frames - at))));
                    at += read;
                    if (read == 0)
                        changed.Wait(Timeout.InfiniteTimeSpan);
                }
            },
            cancellation);
        for (int at = 0; at < frames;)
        {
            int wrote = ring.Write(new AudioBlock(sent.AsSpan(at, Math.Min(333, frames - at))));
            at += wrote;
            if (wrote == 0)
                await ring.WaitForSpaceAsync(cancellation);
        }

        ring.Complete();
        await reading;
        Assert.Equal(sent, received);
        Assert.Equal(0, ring.Held);
    }

    [Fact]
    public void The_frames_to_the_tail_count_down_from_where_it_was_marked()
    {
        using var changed = new Wakeup(TimeProvider.System);
        using var ring = new TrackRing(new AudioFormat(48_000, 1), 100, changed);
        ring.Write(new AudioBlock(new float[10]));
        Assert.Equal(long.MaxValue, ring.FramesToTail);
        changed.Reset();
        ring.MarkTail(12);
        Assert.True(changed.IsSet);
        ring.Read(new AudioBlock(new float[7]));
        Assert.Equal(5, ring.FramesToTail);
    }
}
