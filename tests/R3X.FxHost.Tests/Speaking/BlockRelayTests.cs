using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Speaking;
using Xunit;

namespace R3X.FxHost.Tests.Speaking;

public sealed class BlockRelayTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1_000)]
    public void Blocks_are_finished_in_order_and_all_of_them(int blocks)
    {
        var finished = new List<float>();
        using var relay = new BlockRelay(1, 8, (block, begun) => finished.Add(block[0][begun.Frames - 1]));
        for (int i = 0; i < blocks; i++)
        {
            relay.Block[0][2] = i;
            relay.Hand(new BlockRelay.BegunBlock(3, 0, 0, i), CancellationToken.None);
        }

        relay.Complete(CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, blocks).Select(i => (float)i), finished);
    }

    [Fact]
    public void What_finishing_throws_reaches_the_thread_that_begins()
    {
        using var relay = new BlockRelay(1, 8, (_, begun) => throw new IOException($"block {begun.FirstFrame}"));
        IOException failure = Assert.Throws<IOException>(() =>
        {
            for (int i = 0; i < 1_000; i++)
                relay.Hand(new BlockRelay.BegunBlock(8, 0, 0, i), CancellationToken.None);
            relay.Complete(CancellationToken.None);
        });
        Assert.Equal("block 0", failure.Message);
    }

    [Fact]
    public void Who_begins_waits_for_who_finishes_and_can_be_called_off()
    {
        using var finishing = new ManualResetEventSlim();
        using var relay = new BlockRelay(1, 8, (_, _) => finishing.Wait());
        using var calledOff = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        int begun = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            for (; begun < 10_000; begun++)
                relay.Hand(new BlockRelay.BegunBlock(8, 0, 0, begun), calledOff.Token);
        });
        Assert.InRange(begun, 1, 100);
        finishing.Set();
    }

    [Fact]
    public void A_relay_that_is_given_up_ends_in_mid_line()
    {
        int finished = 0;
        using (var relay = new BlockRelay(1, 8, (_, _) => Interlocked.Increment(ref finished)))
        {
            for (int i = 0; i < 7; i++)
                relay.Hand(new BlockRelay.BegunBlock(8, 0, 0, i), CancellationToken.None);
        }

        Assert.Equal(0, finished);
    }
}
