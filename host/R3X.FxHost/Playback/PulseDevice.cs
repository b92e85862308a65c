using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker of a PulseAudio or PipeWire server, through libpulse-simple: 32-bit float at the sink's own rate and
/// channels. Writing blocks, which paces the writer.
/// </summary>
internal sealed unsafe class PulseDevice : IOutputDevice
{
    private readonly PulseStream _stream;
    private readonly float[] _frames;

    /// <summary>Opens a stream to a sink.</summary>
    /// <param name="server">What the server said it has.</param>
    /// <param name="sink">The sink whose format is taken.</param>
    /// <param name="followsDefault">Whether the server may move the stream along when the default sink changes.</param>
    /// <param name="options">Buffer and names.</param>
    /// <exception cref="DeviceException">The server refuses.</exception>
    public PulseDevice(PulseSinks server, PulseSink sink, bool followsDefault, OutputDeviceOptions options)
    {
        Name = sink.Name;
        Format = sink.Format;
        _frames = GC.AllocateArray<float>(1024 * Format.Channels, pinned: true);

        var format = new PulseSampleSpec { Format = PulseNative.Float32, Rate = (uint)Format.SampleRate, Channels = (byte)Format.Channels };
        PulseBuffer buffer = Buffer(options.Buffer.TotalMilliseconds);
        _stream = PulseNative.Open(
            server.Server, options.ApplicationName, PulseNative.Playback, followsDefault ? null : sink.Name, "voice", format, sink.Map, buffer, out int error);
        if (_stream.IsInvalid)
        {
            _stream.Dispose();
            throw new DeviceException($"The loudspeaker {sink.Name} could not be opened: PulseAudio says {PulseNative.Reason(error)}.");
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public TimeSpan Latency
    {
        get
        {
            ulong microseconds = PulseNative.Latency(_stream, out int error);
            return microseconds == ulong.MaxValue ? throw Gone(error) : TimeSpan.FromMicroseconds(microseconds);
        }
    }

    /// <inheritdoc/>
    public void Write(AudioBlock block)
    {
        Interleaving.Check(block, Format);
        for (int start = 0; start < block.Frames; start += 1024)
        {
            AudioBlock part = block.Slice(start, Math.Min(1024, block.Frames - start));
            int samples = part.Frames * part.Channels;
            Interleaving.Weave(part, _frames.AsSpan(0, samples));
            fixed (float* first = _frames)
            {
                if (PulseNative.Write(_stream, first, (nuint)samples * sizeof(float), out int error) < 0)
                    throw Gone(error);
            }
        }
    }

    /// <inheritdoc/>
    public void Drain()
    {
        if (PulseNative.Drain(_stream, out int error) < 0)
            ThrowUnlessAlive(error);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        try
        {
            // A failure means that nothing of this stream will be heard any more, which is what was asked for.
            _ = PulseNative.Flush(_stream, out _);
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: silent already.
        }
    }

    /// <inheritdoc/>
    public int Rewind(int frames) => 0;

    /// <inheritdoc/>
    public void Hurry()
    {
    }

    /// <inheritdoc/>
    public long Underruns => 0;

    /// <summary>Stops at once and closes; what was not yet heard is dropped. Call <see cref="Drain"/> first to hear it.</summary>
    public void Dispose()
    {
        if (_stream.IsClosed)
            return;
        Flush();
        _stream.Dispose();
    }

    private PulseBuffer Buffer(double milliseconds)
    {
        int frame = Format.Channels * sizeof(float);
        uint target = (uint)(Format.Frames(milliseconds) * frame);
        return new PulseBuffer
        {
            MaxLength = uint.MaxValue,
            TargetLength = target,
            // A stream starts, and starts again after a gap, with half a buffer: later starts are needless, earlier ones stutter.
            Prebuffer = target / 2 / (uint)frame * (uint)frame,
            MinimumRequest = target / 4 / (uint)frame * (uint)frame,
            FragmentSize = uint.MaxValue,
        };
    }

    // libpulse-simple keeps one success flag for all its calls: a flush during a drain can make the drain look failed.
    private void ThrowUnlessAlive(int error)
    {
        if (PulseNative.Latency(_stream, out int dead) == ulong.MaxValue)
            throw Gone(dead == 0 ? error : dead);
    }

    private DeviceException Gone(int error) =>
        new($"The loudspeaker {Name} has gone: PulseAudio says {PulseNative.Reason(error)}. "
            + "Plug it in again or choose another one; `r3x devices` lists them.");
}
