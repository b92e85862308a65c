using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Ducking;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Ducking;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Queue;

/// <summary>
/// Lines whose loudspeaker is unplugged while they are heard, and held for it: a short one that the device has whole,
/// and a long one that waits for room in it.
/// </summary>
public sealed class UnpluggedLineTests : IDisposable
{
    private const int Rate = 48_000;

    private readonly VirtualHost _host = new(
        device: options => options with { BufferMilliseconds = 300, FallBackToDefault = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private VirtualTime Time => _host.Time;

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void A_line_stands_where_it_was_heard_and_has_ended_when_the_rest_was_heard_too(double seconds)
    {
        var muting = new Told<MicMute>(_host.Queue.MicMutes(Cancellation));
        Utterance line = _host.Say(seconds);
        double heard = Unplug();
        TimeSpan stands = line.Position;
        Assert.Equal(heard, stands.TotalSeconds, 0.016);
        Assert.False(line.Finished.IsCompleted);
        Assert.False(_host.Queue.IsMicMuted);
        Time.Advance(500);
        Assert.Equal(stands, line.Position);
        Assert.False(line.Finished.IsCompleted);

        VirtualSink back = _host.Server.Plug("usb");
        UtteranceEnd ended = Time.Run(line.Finished);
        Assert.Equal((UtteranceState.Done, seconds), (ended.State, Math.Round(ended.Heard.TotalSeconds, 3)));
        // Nothing is lost; what the loudspeaker may have sounded when it went is heard twice.
        Assert.InRange(heard + Seconds(back) - seconds, 0, 0.016);
        Time.Advance(1_000);
        Assert.Equal([true, false, true, false], News(muting, 4).Select(mute => mute.IsOn));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void Interrupted_while_there_is_no_loudspeaker_a_line_ends_at_once_and_nothing_of_it_is_heard_later(
        double seconds)
    {
        Utterance line = _host.Say(seconds);
        double heard = Unplug();
        TimeSpan before = Time.Now;
        line.Interrupt();
        // Not when the 10 s are over for which a loudspeaker is waited for.
        UtteranceEnd ended = Time.Run(line.Finished);
        Assert.InRange((Time.Now - before).TotalMilliseconds, 0, 30);
        Assert.Equal(UtteranceState.Interrupted, ended.State);
        Assert.Equal(heard, ended.Heard.TotalSeconds, 0.016);

        Utterance next = _host.Say(0.25);
        VirtualSink back = _host.Server.Plug("usb");
        Assert.Equal(UtteranceState.Done, Time.Run(next.Finished).State);
        Assert.Equal(0.25, Seconds(back), 0.0001);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void Paused_while_there_is_no_loudspeaker_it_goes_on_when_both_are_over(double seconds)
    {
        Utterance line = _host.Say(seconds);
        double heard = Unplug();
        _host.Queue.IsPaused = true;
        Time.Advance(100);
        VirtualSink back = _host.Server.Plug("usb");
        Time.Advance(1_000);
        Assert.Empty(back.Stretches());
        Assert.False(line.Finished.IsCompleted);

        _host.Queue.IsPaused = false;
        Assert.Equal(UtteranceState.Done, Time.Run(line.Finished).State);
        Assert.InRange(heard + Seconds(back) - seconds, 0, 0.016);
    }

    [Fact]
    public void An_interruption_is_told_to_the_loudspeaker_also_when_the_line_itself_hears_of_it_first()
    {
        // Whoever listens to a cancellation last is told first: the line's task, which waits for room, unwinds before
        // the loudspeaker knows.
        Utterance line = _host.Say(5);
        Unplug();
        Time.Advance(1_000);
        TimeSpan before = Time.Now;
        line.Interrupt();
        Time.Run(line.Finished);
        Assert.InRange((Time.Now - before).TotalMilliseconds, 0, 30);
    }

    [Fact]
    public void Every_sound_is_heard_or_told_however_often_the_loudspeaker_goes()
    {
        Utterance line = _host.Say(3);
        var heard = new List<VirtualSink> { _host.Sink };
        for (int i = 0; i < 5; i++)
        {
            Time.Advance(400);
            _host.Server.Unplug(heard[^1], noticeMilliseconds: i * 5);
            Time.Advance(150);
            heard.Add(_host.Server.Plug("usb"));
        }

        Assert.Equal(UtteranceState.Done, Time.Run(line.Finished).State);
        Assert.InRange(heard.Sum(Seconds) - 3, -0.05, 5 * 0.016);
    }

    // When a quarter of a second was heard; gives what was.
    private double Unplug()
    {
        _host.UntilHeard(_host.Sink);
        Time.Advance(250);
        _host.Server.Unplug(_host.Sink);
        Time.Advance(20);
        return Seconds(_host.Sink);
    }

    private static double Seconds(VirtualSink sink) =>
        sink.Stretches().Sum(stretch => stretch.End - stretch.Start) / (double)Rate;

    // What was told is told on other threads than those of the simulation.
    private static T[] News<T>(Told<T> told, int count) => told.WaitForAsync(count).GetAwaiter().GetResult();
}
