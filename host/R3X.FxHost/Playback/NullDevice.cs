using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>Silence that takes as long as a loudspeaker would: for machines without one, and for tests.</summary>
internal sealed class NullDevice : IOutputDevice
{
    private readonly PacedClock? _clock;

    /// <summary>Opens it.</summary>
    /// <param name="format">The format it takes.</param>
    /// <param name="options">Buffer, clock, and whether it keeps pace; null for the usual ones.</param>
    public NullDevice(AudioFormat format, OutputDeviceOptions? options = null)
    {
        options ??= OutputDeviceOptions.Default;
        Format = format;
        _clock = options.Paced ? new PacedClock(format.SampleRate, options.Buffer, options.Time) : null;
    }

    /// <inheritdoc/>
    public string Name => "null";

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public TimeSpan Latency => _clock?.Latency ?? TimeSpan.Zero;

    /// <inheritdoc/>
    public void Write(AudioBlock block)
    {
        Interleaving.Check(block, Format);
        _clock?.Play(block.Frames);
    }

    /// <inheritdoc/>
    public void Drain() => _clock?.Drain();

    /// <inheritdoc/>
    public void Flush() => _clock?.Flush();

    /// <inheritdoc/>
    public int Rewind(int frames) => _clock?.Rewind(frames) ?? 0;

    /// <inheritdoc/>
    public void InterruptWait() => _clock?.InterruptWait();

    /// <inheritdoc/>
    public long Underruns => _clock?.Underruns ?? 0;

    /// <inheritdoc/>
    public void Dispose() => _clock?.Dispose();
}
