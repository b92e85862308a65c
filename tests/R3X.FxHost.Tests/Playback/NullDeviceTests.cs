using System;
using System.Diagnostics;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

public sealed class NullDeviceTests
{
    private static readonly AudioFormat Format = new(1_000, 1);
    private readonly ManualTime _time = new();

    private OutputDeviceOptions Options => new() { Time = _time, BufferMilliseconds = 40 };

    [Fact]
    public void What_fits_the_buffer_is_taken_at_once_and_heard_at_the_sample_rate()
    {
        using var device = new NullDevice(Format, Options);
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(30, device.Latency.TotalMilliseconds, 3);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(10, device.Latency.TotalMilliseconds, 3);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(TimeSpan.Zero, device.Latency);
        device.Drain();
    }

    [Fact]
    public void After_a_gap_sound_starts_from_the_moment_it_comes()
    {
        using var device = new NullDevice(Format, Options);
        device.Write(new AudioBlock(new float[30]));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(30, device.Latency.TotalMilliseconds, 3);
    }

    [Fact]
    public async Task A_write_beyond_the_buffer_waits_until_it_fits()
    {
        using var device = new NullDevice(Format, Options);
        device.Write(new AudioBlock(new float[40]));
        Task write = Task.Run(() => device.Write(new AudioBlock(new float[25])), TestContext.Current.CancellationToken);
        _time.WaitForWaiter();
        _time.Advance(TimeSpan.FromMilliseconds(24));
        _time.WaitForWaiter();
        Assert.False(write.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await write;
        Assert.Equal(40, device.Latency.TotalMilliseconds, 3);
    }

    [Fact]
    public async Task Drain_waits_for_the_last_sample_and_a_flush_ends_it()
    {
        using var device = new NullDevice(Format, Options);
        device.Write(new AudioBlock(new float[40]));
        Task drain = Task.Run(device.Drain, TestContext.Current.CancellationToken);
        _time.WaitForWaiter();
        _time.Advance(TimeSpan.FromMilliseconds(40));
        await drain;

        device.Write(new AudioBlock(new float[40]));
        drain = Task.Run(device.Drain, TestContext.Current.CancellationToken);
        _time.WaitForWaiter();
        device.Flush();
        await drain;
        Assert.Equal(TimeSpan.Zero, device.Latency);
    }

    [Fact]
    public void On_the_systems_clock_a_tenth_of_a_second_takes_no_less()
    {
        using IOutputDevice device = OutputDevices.Open("null", new AudioFormat(48_000, 2));
        long start = Stopwatch.GetTimestamp();
        device.Play(new AudioBuffer(2, 4_800));
        device.Drain();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 100, 60_000);
    }

    [Fact]
    public void Unpaced_it_takes_everything_at_once()
    {
        using IOutputDevice device = OutputDevices.Open("null", Format, Options with { Paced = false });
        device.Play(new AudioBuffer(1, 1_000_000), 1_000);
        device.Drain();
        Assert.Equal(TimeSpan.Zero, device.Latency);
    }

    [Fact]
    public void A_block_of_another_shape_is_refused()
    {
        using var device = new NullDevice(Format, Options);
        Assert.Throws<ArgumentException>(() => device.Write(new AudioBlock(new float[8], 2, 4, 4)));
    }

    [Fact]
    public void What_has_not_sounded_can_be_taken_back_and_replaced()
    {
        using var device = new NullDevice(Format, Options);
        device.Write(new AudioBlock(new float[40]));
        _time.Advance(TimeSpan.FromMilliseconds(10.5));
        Assert.Equal(5, device.Rewind(5));
        Assert.Equal(24, device.Rewind(100));
        Assert.Equal(0, device.Rewind(100));
        Assert.Equal(0.5, device.Latency.TotalMilliseconds, 3);
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(30.5, device.Latency.TotalMilliseconds, 3);
        Assert.Equal(0, device.Underruns);
    }

    [Fact]
    public async Task A_hurried_write_goes_on_with_its_whole_block_beyond_the_buffer()
    {
        using var device = new NullDevice(Format, Options);
        device.Write(new AudioBlock(new float[40]));
        Task write = Task.Run(() => device.Write(new AudioBlock(new float[25])), TestContext.Current.CancellationToken);
        _time.WaitForWaiter();
        device.InterruptWait();
        await write.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(65, device.Latency.TotalMilliseconds, 3);

        device.InterruptWait();
        device.Write(new AudioBlock(new float[10]));
        Assert.Equal(75, device.Latency.TotalMilliseconds, 3);
        device.InterruptWait();
        device.Drain();
        Assert.Equal(75, device.Latency.TotalMilliseconds, 3);

        device.InterruptWait();
        device.Rewind(0);
        Task drain = Task.Run(device.Drain, TestContext.Current.CancellationToken);
        _time.WaitForWaiter();
        Assert.False(drain.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(75));
        await drain;
    }

    [Fact]
    public void Running_out_is_counted_once_and_a_flush_is_not_running_out()
    {
        using var device = new NullDevice(Format, Options);
        Assert.Equal(0, device.Underruns);
        device.Write(new AudioBlock(new float[30]));
        _time.Advance(TimeSpan.FromMilliseconds(29));
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(0, device.Underruns);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, device.Underruns);
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(1, device.Underruns);
        device.Flush();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(1, device.Underruns);
        _time.Advance(TimeSpan.FromMilliseconds(31));
        device.Write(new AudioBlock(new float[30]));
        Assert.Equal(2, device.Underruns);
    }
}
