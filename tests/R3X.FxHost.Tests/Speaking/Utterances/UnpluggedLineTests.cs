using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playback;
using R3X.FxHost.Speaking;
using R3X.FxHost.Speaking.Surroundings;
using R3X.FxHost.Speaking.Utterances;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using R3X.FxHost.Tests.Speaking.Surroundings;
using Xunit;

namespace R3X.FxHost.Tests.Speaking.Utterances;

/// <summary>
/// Lines whose loudspeaker is unplugged while they are heard, and held for it: a short one that the device has whole, and a long one that waits
/// for room in it.
/// </summary>
[Collection(LoudspeakerTests.Name)]
public sealed class UnpluggedLineTests : IAsyncLifetime
{
    private const int Rate = 48_000;

    private readonly PulseServer _server;
    private readonly FxHost _host;

    public UnpluggedLineTests(PulseServer server)
    {
        _server = server;
        server.AddSinkThrough("r3x", "usb");
        _host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "usb",
            DeviceOptions = new OutputDeviceOptions { PulseServer = server.Address, BufferMilliseconds = 300, FallBackToDefault = false },
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SinkRecording Sink => _server.Default;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _server.RemoveSink("usb");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public async Task A_line_stands_where_it_was_heard_and_has_ended_when_the_rest_was_heard_too(double seconds)
    {
        var muting = new Told<MicMute>(_host.Queue.MicMutes(Cancellation));
        long from = Sink.Position;
        Utterance line = Say(seconds);
        (long start, long end) = Unplug(from);
        TimeSpan stands = line.Position;
        // A busy machine hears of it late; the loudspeaker held 300 ms.
        Assert.Equal((end - start) / (double)Rate, stands.TotalSeconds, 0.080);
        Assert.False(line.Finished.IsCompleted);
        Assert.False(_host.Queue.IsMicMuted);
        Sink.WaitUntil(Sink.Position + (Rate / 2));
        Assert.Equal(stands, line.Position);
        Assert.False(line.Finished.IsCompleted);

        _server.AddSinkThrough("r3x", "usb");
        UtteranceEnd ended = await line.Finished.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        (long again, long last) = Sink.WaitForSoundToEnd(end);
        Assert.Equal(UtteranceState.Done, ended.State);
        Assert.Equal(seconds, ended.Heard.TotalSeconds, 0.001);
        // Nothing is lost; what was in the loudspeaker when it went is heard twice, and a busy machine may starve it.
        Assert.InRange(((end - start + last - again) / (double)Rate) - seconds, 0, 0.1);
        Assert.Equal([true, false, true, false], (await muting.WaitForAsync(4)).Select(mute => mute.IsOn));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public async Task Interrupted_while_there_is_no_loudspeaker_a_line_ends_at_once_and_nothing_of_it_is_heard_later(double seconds)
    {
        long from = Sink.Position;
        Utterance line = Say(seconds);
        (long start, long end) = Unplug(from);
        line.Interrupt();
        // Not when the 10 s are over for which a loudspeaker is waited for.
        UtteranceEnd ended = await line.Finished.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal(UtteranceState.Interrupted, ended.State);
        Assert.Equal((end - start) / (double)Rate, ended.Heard.TotalSeconds, 0.080);

        Utterance next = Say(0.25);
        _server.AddSinkThrough("r3x", "usb");
        Assert.Equal(UtteranceState.Done, (await next.Finished.WaitAsync(TimeSpan.FromSeconds(10), Cancellation)).State);
        (long again, long last) = Sink.WaitForSoundToEnd(end);
        Assert.InRange((last - again) / (double)Rate, 0.25, 0.30);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public async Task Paused_while_there_is_no_loudspeaker_it_goes_on_when_both_are_over(double seconds)
    {
        long from = Sink.Position;
        Utterance line = Say(seconds);
        (long start, long end) = Unplug(from);
        _host.Queue.IsPaused = true;
        Sink.WaitUntil(Sink.Position + (Rate / 10));
        _server.AddSinkThrough("r3x", "usb");
        long back = Sink.Position;
        Sink.WaitUntil(back + Rate);
        Assert.Equal(-1, Array.FindIndex(Sink.Channel(0, end, back + Rate), sample => sample != 0));
        Assert.False(line.Finished.IsCompleted);

        _host.Queue.IsPaused = false;
        UtteranceEnd ended = await line.Finished.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        (long again, long last) = Sink.WaitForSoundToEnd(end);
        Assert.Equal(UtteranceState.Done, ended.State);
        Assert.InRange(((end - start + last - again) / (double)Rate) - seconds, 0, 0.1);
    }

    // When a quarter of a second was heard; gives what was.
    private (long Start, long End) Unplug(long from)
    {
        Sink.WaitUntil(Sink.WaitForSound(from) + (Rate / 4));
        _server.RemoveSink("usb");
        return Sink.WaitForSoundToEnd(from, 300);
    }

    private Utterance Say(double seconds)
    {
        float[] tone = TestSignal.Sine(150, -12, Rate, (int)(seconds * Rate));
        // It begins and ends where everybody can see it.
        tone[0] = tone[^1] = 0.01f;
        return _host.Queue.Speak(SpeechAudio.FromBytes(FloatWav.Of(tone, Rate)), SpeechSelection.WithoutEffects);
    }
}
