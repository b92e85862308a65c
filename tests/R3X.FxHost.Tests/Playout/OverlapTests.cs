using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Ducking;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Threading;
using Xunit;

namespace R3X.FxHost.Tests.Playout;

/// <summary>Lines that follow each other: the old one's tail under the new one.</summary>
[Collection(PacedTests.Name)]
public sealed class OverlapTests : IDisposable
{
    private const int Rate = 48_000;
    private readonly TapeDevice _tape = new(Rate);
    private readonly VolumeControl _volume = new();
    private readonly Loudspeaker _loudspeaker;

    public OverlapTests()
    {
        var timeline = new DeviceTimeline(new DeviceClock(TimeProvider.System));
        var ducker = new Ducker(DuckingOptions.Default, MicMuteOptions.Default, _volume, timeline);
        _loudspeaker = new Loudspeaker(() => _tape, _volume, timeline, ducker);
        _tape.Limit = 0;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _loudspeaker.Dispose();
        _tape.Dispose();
    }

    [Fact]
    public async Task The_next_line_begins_at_the_frame_where_the_last_one_ended_and_its_tail_rings_on_under_it()
    {
        float[] noise = TestSignal.WhiteNoise(-20, 4_000);
        Track[] lines = [Line(noise[..1_501], tail: noise[..2_000]), Line(noise[1_000..3_003], tail: []),
            Line(noise[..700], tail: [])];
        await HearAsync(lines);
        float[] expected = new float[1_501 + 2_003 + 700];
        Add(expected, 0, [.. noise[..1_501], .. noise[..2_000]]);
        Add(expected, 1_501, noise[1_000..3_003]);
        Add(expected, 3_504, noise[..700]);
        Assert.Equal(expected, _tape.Heard);
        // No line had to wait for the device to run empty.
        Assert.Equal(1, _tape.Drains);
    }

    [Fact]
    public async Task A_line_alone_passes_bit_for_bit_however_loud()
    {
        float[] noise = TestSignal.WhiteNoise(0, 10_000);
        await HearAsync(Line(noise[..7_000], noise[7_000..]));
        Assert.Equal(noise, _tape.Heard);
    }

    [Fact]
    public async Task A_tail_rings_on_alone_when_nothing_follows_in_time_and_the_next_line_begins_in_the_midst_of_it()
    {
        Track first = Line(Constant(0.25f, 1_000), Constant(0.125f, 20_000));
        _tape.Limit = 5_000;
        _tape.WaitUntilHeard(4_800);
        Track second = Line(Constant(0.5f, 1_000), []);
        await HearAsync(first, second);
        float[] heard = _tape.Heard;
        Assert.Equal(21_000, heard.Length);
        int start = Array.FindIndex(heard, sample => sample == 0.625f);
        Assert.InRange(start, 4_800, 6_000);
        Assert.All(heard[start..(start + 1_000)], sample => Assert.Equal(0.625f, sample));
        Assert.Equal(0.125f, heard[start + 1_000]);
    }

    [Fact]
    public async Task Three_tails_ring_on_and_a_fourth_sends_the_oldest_away_within_10_ms_and_without_a_click()
    {
        Track[] lines =
            [.. Enumerable.Range(0, 5).Select(i => Line(Constant(0, 1_000), Constant(i == 0 ? 0.5f : 0, 20_000)))];
        await HearAsync(lines);
        float[] heard = _tape.Heard;
        // Lines 1 to 4 have ended at 4,000: that is when the fourth tail begins.
        Assert.All(heard[1_000..4_000], sample => Assert.Equal(0.5f, sample));
        Assert.All(heard[4_480..], sample => Assert.Equal(0, sample));
        Assert.InRange(HighBand.Highest(heard[2_000..], Rate), -200, -70);
        Assert.Equal(5_000 + 20_000, heard.Length);
    }

    [Fact]
    public async Task A_cancelled_line_fades_without_a_click_and_the_next_one_starts_untouched()
    {
        using var stop = new CancellationTokenSource();
        // Not at rest where blocks of 10 ms end.
        float[] tone = TestSignal.Sine(130, -12, Rate, 20_000);
        Track first = Write(_loudspeaker.TakePlace(stop.Token), tone, []);
        Track second = Line(Constant(0, 5_000), []);
        _tape.Limit = 4_800;
        _tape.WaitUntilHeard(4_800);
        await stop.CancelAsync();
        _tape.Limit = long.MaxValue;
        await second.Heard.WaitAsync(Cancellation);
        Assert.True(first.Heard.IsCanceled);
        float[] heard = _tape.Heard;
        // One block was mixed before; the second line is 5,000 frames of silence, and begins behind the fade.
        Assert.InRange(heard.Length, 4_800 + 480 + 5_000, 5_280 + 480 + 5_000);
        int end = heard.AsSpan().LastIndexOfAnyExcept(0f);
        Assert.InRange(end, 4_800 + 470, 5_280 + 480);
        Assert.InRange(HighBand.Highest(heard[2_000..], Rate), -200, -70);
    }

    [Fact]
    public async Task Lines_that_are_cancelled_or_fail_before_their_turn_leave_their_place()
    {
        using var stop = new CancellationTokenSource();
        Track[] lines = [Line(Constant(0.1f, 100), []), Write(_loudspeaker.TakePlace(stop.Token), Constant(0.2f, 100),
            []), _loudspeaker.TakePlace(Cancellation), Line(Constant(0.3f, 100), [])];
        await stop.CancelAsync();
        lines[2].Dispose();
        _tape.Limit = long.MaxValue;
        await lines[3].Heard.WaitAsync(Cancellation);
        Assert.Equal([.. Constant(0.1f, 100), .. Constant(0.3f, 100)], _tape.Heard);
        Assert.Equal([false, true, true, false], lines.Select(line => line.Heard.IsCanceled));
    }

    [Fact]
    public async Task A_line_is_heard_in_its_place_although_a_later_one_is_ready_first()
    {
        Track first = _loudspeaker.TakePlace(Cancellation);
        Track second = Line(Constant(0.2f, 100), []);
        Write(first, Constant(0.1f, 100), []);
        await HearAsync(first, second);
        Assert.Equal([.. Constant(0.1f, 100), .. Constant(0.2f, 100)], _tape.Heard);
    }

    [Fact]
    public async Task A_sum_beyond_full_scale_is_turned_down_and_not_cut()
    {
        float[] tone = TestSignal.Sine(200, -1, Rate, 9_600);
        float[] other = TestSignal.Sine(300, -1, Rate, 9_600);
        await HearAsync(Line(tone[..4_800], tone[4_800..]), Line(other, []));
        float[] heard = _tape.Heard;
        Assert.InRange(heard.Max(Math.Abs), 0.9, 1);
        float[] overlap = heard[4_800..9_600];
        // Cut peaks lie on the ceiling; a tone's own touch it with single samples.
        Assert.InRange(overlap.Count(sample => Math.Abs(sample) >= 0.9999f), 0, 24);
        Assert.Equal(tone[..4_800], heard[..4_800]);
    }

    [Fact]
    public async Task A_line_counts_as_heard_when_the_device_has_played_its_tail_and_not_when_it_took_it()
    {
        _tape.Latency = TimeSpan.FromMilliseconds(100);
        Track first = Line(Constant(0.1f, 1_000), Constant(0.05f, 1_000));
        Track second = Line(Constant(0.1f, 40_000), []);
        _tape.Limit = 6_700;
        _tape.WaitUntilHeard(6_200);
        // 6,200 taken, 4,800 in the device: it plays frame 1,400 to 1,900.
        Assert.False(first.Heard.IsCompleted);
        _tape.Limit = 9_600;
        await first.Heard.WaitAsync(Cancellation);
        Assert.False(second.Heard.IsCompleted);
    }

    [Fact]
    public async Task A_line_too_short_to_start_the_device_is_pushed_through_it_and_heard()
    {
        // What a device states that waits for more: always the same.
        _tape.Latency = TimeSpan.FromMilliseconds(60);
        Track line = Line(Constant(0.1f, 500), []);
        _tape.Limit = long.MaxValue;
        await line.Heard.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(1, _tape.Drains);
    }

    [Fact]
    public void Mixing_allocates_nothing()
    {
        using var changed = new Wakeup(TimeProvider.System);
        var mix = new Mixer(new AudioFormat(Rate, 2));
        var block = new AudioBuffer(2, 480);
        Track[] lines = [.. Enumerable.Range(0, 12).Select(_ => Filled(changed))];
        int next = 0;
        Mix();
        Assert.Equal(0, Allocations.Fewest(Mix));

        void Mix()
        {
            for (int end = next + 2; next < end; next++)
            {
                mix.Settle();
                mix.Begin(lines[next]);
                for (int i = 0; i < 10; i++)
                {
                    mix.Settle();
                    mix.Fill(block.Block(480), 0, withoutLate: false, null);
                }
            }
        }
    }

    private static Track Filled(Wakeup changed)
    {
        var line = new Track(changed, CancellationToken.None);
        TrackRing ring = line.Open(new AudioFormat(Rate, 2), 500);
        ring.MarkTail(1_000);
        ring.Write(new AudioBlock(Constant(0.9f, 40_000), 2, 20_000, 20_000));
        return line;
    }

    // The tape runs when every line has been written.
    private async Task HearAsync(params Track[] lines)
    {
        _tape.Limit = long.MaxValue;
        foreach (Track line in lines)
            await line.Heard.WaitAsync(Cancellation);
    }

    private Track Line(float[] body, float[] tail) => Write(_loudspeaker.TakePlace(Cancellation), body, tail);

    private Track Write(Track line, float[] body, float[] tail)
    {
        TrackRing ring = line.Open(_loudspeaker.Device().Format, 1_000);
        Assert.Equal(body.Length, ring.Write(new AudioBlock(body)));
        ring.MarkTail(body.Length);
        Assert.Equal(tail.Length, ring.Write(new AudioBlock(tail)));
        line.Dispose();
        return line;
    }

    private static float[] Constant(float value, int frames) => [.. Enumerable.Repeat(value, frames)];

    private static void Add(float[] sum, int at, float[] samples)
    {
        for (int i = 0; i < samples.Length && at + i < sum.Length; i++)
            sum[at + i] += samples[i];
    }
}
