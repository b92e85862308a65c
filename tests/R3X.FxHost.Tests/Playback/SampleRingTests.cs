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

    [Fact]
    public void What_is_taken_back_is_replaced_and_what_the_reader_needs_next_stays()
    {
        var ring = new SampleRing(8, 1, spare: 4);
        ring.Write([1, 2, 3, 4, 5]);
        ring.Read(new float[1]);
        Assert.Equal(1, ring.Rewind(1, keep: 2));
        Assert.Equal(1, ring.Rewind(9, keep: 2));
        Assert.Equal(0, ring.Rewind(9, keep: 2));
        Assert.Equal(5, ring.Write([6, 7, 8, 9, 10]));
        var heard = new float[16];
        Assert.Equal(7, ring.Read(heard));
        Assert.Equal([2, 3, 6, 7, 8, 9, 10], heard[..7]);
    }

    [Fact]
    public void Only_a_hurried_writer_gets_the_spare_room()
    {
        var ring = new SampleRing(4, 1, spare: 2);
        Assert.Equal(4, ring.Write([1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(2, ring.Write([5, 6, 7], urgent: true));
        Assert.Equal(0, ring.Write([7], urgent: true));
        Assert.Equal(0, ring.Room);
        var heard = new float[6];
        Assert.Equal(6, ring.Read(heard));
        Assert.Equal([1, 2, 3, 4, 5, 6], heard);
        Assert.Equal(4, ring.Room);
    }

    [Fact]
    public async Task Whatever_is_taken_back_meanwhile_the_reader_hears_every_number_once_and_in_order()
    {
        var ring = new SampleRing(512, 1);
        const int Samples = 200_000;
        Task writer = Task.Run(
            () =>
            {
                var random = new Random(1);
                var block = new float[37];
                int next = 0;
                while (next < Samples)
                {
                    int size = Math.Min(37, Samples - next);
                    for (int i = 0; i < size; i++)
                        block[i] = next + i;
                    int taken = ring.Write(block.AsSpan(0, size));
                    next += taken;
                    next -= ring.Rewind(random.Next(20), keep: 0);
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
}
