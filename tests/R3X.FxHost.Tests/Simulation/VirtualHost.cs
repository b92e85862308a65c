using System;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Queue;

namespace R3X.FxHost.Tests.Simulation;

/// <summary>A host that plays on a virtual sound server's loudspeaker.</summary>
internal sealed class VirtualHost : IDisposable
{
    private const int Rate = 48_000;

    /// <param name="device">Changes how the loudspeaker is opened.</param>
    /// <param name="host">Changes how the host is made.</param>
    public VirtualHost(
        Func<OutputDeviceOptions, OutputDeviceOptions>? device = null, Func<FxHostOptions, FxHostOptions>? host = null)
    {
        Server = new VirtualSoundServer(Time);
        Sink = Server.Plug("usb");
        var options = new FxHostOptions
        {
            PresetFolder = Repository.PathOf("presets"),
            Device = "usb",
            DeviceOptions = device?.Invoke(Server.Options) ?? Server.Options,
        };
        Host = FxHost.Create(host?.Invoke(options) ?? options);
    }

    public VirtualTime Time { get; } = new();

    public VirtualSoundServer Server { get; }

    /// <summary>The loudspeaker there is at first.</summary>
    public VirtualSink Sink { get; }

    public FxHost Host { get; }

    public SpeechQueue Queue => Host.Queue;

    /// <summary>Says a tone of 150 Hz that begins and ends where everybody can see it.</summary>
    public Utterance Say(double seconds, UtteranceOptions? options = null) =>
        Queue.Speak(Tone(seconds), SpeechSelection.WithoutEffects, options);

    public static SpeechAudio Tone(double seconds)
    {
        float[] tone = TestSignal.Sine(150, -12, Rate, (int)(seconds * Rate));
        tone[0] = tone[^1] = 0.01f;
        return SpeechAudio.FromBytes(FloatWav.Of(tone, Rate));
    }

    /// <summary>Lets time pass until something is heard of a loudspeaker.</summary>
    /// <returns>The first frame of it.</returns>
    public long UntilHeard(VirtualSink sink)
    {
        Time.Until(() => sink.Stretches().Count > 0);
        return sink.Stretches()[0].Start;
    }

    public void Dispose()
    {
        Host.Dispose();
        Time.Dispose();
    }
}
