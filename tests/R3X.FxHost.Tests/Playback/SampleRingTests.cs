using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using R3X.FxHost.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

public sealed class SampleRingTests
{
    [Fact]
    public void Whatever_the_sizes_frames_come_out_whole_and_in_order()
    {
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 3], Gen.Int[0, 50].Array[1, 60]).Sample((capacity, channels, sizes) =>
        {
            var ring = new SampleRing(capacity, channels);
            int written = 0;
            int read = 0;
            for (int turn = 0; turn < sizes.Length; turn++)
            {
                if (turn % 2 == 0)
                {
                    float[] frames = [.. Enumerable.Range(written, sizes[turn] * channels).Select(i => (float)i)];
                    int taken = ring.Write(frames);
                    Assert.Equal(Math.Min(sizes[turn], capacity - ((written - read) / channels)), taken);
                    written += taken * channels;
                }
                else
                {
                    var frames = new float[sizes[turn] * channels];
                    int given = ring.Read(frames) * channels;
                    Assert.Equal(Math.Min(frames.Length, written - read), given);
                    Assert.Equal(Enumerable.Range(read, given).Select(i => (float)i), frames.Take(given));
                    read += given;
                }
            }
        });
    }

    [Fact]
    public async Task Two_threads_pass_their_samples_without_loss()
    {
        var ring = new SampleRing(1_000, 1);
        const int Samples = 200_000;
        Task writer = Task.Run(
            () =>
            {
                var block = new float[37];
                for (int next = 0; next < Samples;)
                {
                    int size = Math.Min(37, Samples - next);
                    for (int i = 0; i < size; i++)
                        block[i] = next + i;
                    int taken = ring.Write(block.AsSpan(0, size));
                    next += taken;
                    if (taken == 0)
                        Thread.Yield();
                }
            },
            TestContext.Current.CancellationToken);

        var heard = new float[53];
        for (int next = 0; next < Samples;)
        {
            int count = ring.Read(heard);
            if (count == 0)
                Thread.Yield();
            for (int i = 0; i < count; i++)
                Assert.Equal(next++, heard[i]);
        }

        await writer;
    }

    [Fact]
    public void A_flush_drops_what_was_written_before_it_and_nothing_after()
    {
        var ring = new SampleRing(8, 1);
        ring.Write([1, 2, 3]);
        ring.Flush();
        Assert.Equal(0, ring.Waiting);
        Assert.Equal(5, ring.Room);
        ring.Write([4, 5]);
        ring.ReleaseFlushed();
        var heard = new float[8];
        Assert.Equal(2, ring.Read(heard));
        Assert.Equal([4, 5], heard[..2]);
        Assert.Equal(8, ring.Room);
    }
}
