using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

/// <summary>What is known of each slot's time although the clock is not read for every call.</summary>
public sealed class SlotTimingTests
{
    private const int SmallBlock = 256;
    private static readonly AudioFormat Mono = new(48_000, 1);

    // Of small blocks without pauses between them, up to three pass before the next one that is timed.
    [Theory]
    [InlineData(SmallBlock, 0, 7)]
    [InlineData(SmallBlock, 6, 4)]
    [InlineData(1_024, 0, 4)]
    public void Of_several_effects_the_one_that_is_always_late_has_to_go(
        int blockFrames, int pauseMilliseconds, int lateBlocks)
    {
        var clock = new CountingClock();
        Chain chain = Prepare(clock, (slot, index) => slot == 1 && index >= 200 ? 20 : 0.01);
        Run(chain, blockFrames, 200 + lateBlocks, () => clock.Advance(TimeSpan.FromMilliseconds(pauseMilliseconds)));
        Assert.Equal([true, false, true], chain.Slots.Select(slot => slot.IsActive));
        Assert.Equal(FaultCause.TooSlow, chain.Slots[1].Fault!.Cause);
    }

    [Fact]
    public void In_small_blocks_a_call_that_lasts_100_ms_is_found_at_its_second_time_at_the_latest()
    {
        var clock = new CountingClock();
        Chain chain = Prepare(clock, (slot, index) => slot == 1 && index is 201 or 230 ? 120 : 0.01);
        Run(chain, SmallBlock, 240);
        Assert.Equal([true, false, true], chain.Slots.Select(slot => slot.IsActive));
    }

    [Fact]
    public void Small_blocks_do_not_have_the_clock_read_for_every_slot()
    {
        var clock = new CountingClock();
        Chain chain = Prepare(clock, (_, _) => 0.01);
        Run(chain, SmallBlock, 200);
        clock.Readings = 0;
        Run(chain, SmallBlock, 1_000);

        // In one block of four: where it begins, and behind each of three slots.
        Assert.Equal(1_000, clock.Readings);
    }

    [Fact]
    public void The_time_of_calls_that_were_not_timed_is_in_the_sum()
    {
        var clock = new CountingClock();
        Chain chain = Prepare(clock, (slot, _) => slot == 1 ? 0.4 : 0.2);
        Run(chain, SmallBlock, 1_000);
        Assert.Equal([0.2, 0.4, 0.2], chain.Slots.Select(slot => Math.Round(slot.ProcessingTime.TotalSeconds, 2)));
    }

    private static Chain Prepare(CountingClock clock, Func<int, long, double> milliseconds) => Chain.Prepare(
        TestEffect.Plan([.. Enumerable.Range(0, 3).Select(slot =>
            TestEffect.Slot((_, index) => clock.Advance(TimeSpan.FromMilliseconds(milliseconds(slot, index)))))]),
        new ChainSetup(Mono) { Clock = clock, ThreadTime = null });

    private static void Run(Chain chain, int blockFrames, int blocks, Action? pause = null)
    {
        var buffer = new AudioBuffer(1, blockFrames);
        for (int block = 0; block < blocks; block++)
        {
            pause?.Invoke();
            chain.Process(buffer.Block(blockFrames));
        }
    }

    private sealed class CountingClock : TimeProvider
    {
        private long _ticks;

        public int Readings { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Readings++;
            return _ticks;
        }

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
