using System;
using System.Diagnostics;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker of a PulseAudio or PipeWire server: 32-bit float through a buffer that the server asks to be refilled.
/// Writing waits for its asking, which paces the writer.
/// </summary>
internal sealed class PulseDevice : IOutputDevice, IRemovable, IGrowing
{
    // What a rewind leaves to the sink besides what it may take at any moment: the time a message takes on a busy
    // machine.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(3);
    // What the sink itself holds cannot be taken back: it bounds how soon an interruption is silent.
    private const double MostInSinkMilliseconds = 10;

    private static readonly TimeSpan TimingPatience = TimeSpan.FromMilliseconds(5);

    private readonly PulseConnection _connection;
    private readonly PulseStream _stream;
    private readonly float[] _frames;
    private readonly TimeSpan _mostBuffer;
    private TimeSpan _buffer;
    private double _prebuffer;
    private readonly DevicePosition _position = new();
    private int _rewound;
    private bool _interrupted;
    private int _flushes;
    private volatile bool _closed;

    /// <summary>Opens a stream to a sink.</summary>
    /// <param name="server">What the server said it has.</param>
    /// <param name="sink">The sink to begin with.</param>
    /// <param name="home">The name of the sink it belongs to, which it comes back to when that does; null for the
    /// default one, whichever that is.</param>
    /// <param name="options">Buffer and names.</param>
    /// <param name="format">What will be written; null takes the sink's own.</param>
    /// <exception cref="DeviceException">The server refuses.</exception>
    public PulseDevice(
        PulseSinks server, PulseSink sink, string? home, OutputDeviceOptions options, AudioFormat? format = null)
    {
        Format = format ?? sink.Format;
        _frames = GC.AllocateArray<float>(IOutputDevice.MostFrames * Format.Channels, pinned: true);
        _buffer = options.Buffer;
        _mostBuffer = options.GrownBuffer;
        PulseBuffer buffer = Buffer(_buffer);
        _prebuffer = buffer.Prebuffer / (Format.Channels * sizeof(float));
        PulseChannelMap map = Format.Channels == sink.Format.Channels
            ? sink.Map : PulseNative.StandardMap(Format.Channels);
        try
        {
            _connection = new PulseConnection(server.Server, options.ApplicationName);
            _stream = new PulseStream(
                _connection, home is null ? null : sink.Name, Format, map, buffer, moves: home is null
                    || options.FallBackToDefault);
        }
        catch (DeviceException e)
        {
            _connection?.Dispose();
            throw new DeviceException(
                $"The loudspeaker {sink.Name} could not be opened: PulseAudio says {e.Message}.", e);
        }

        _ = new PulseFollowing(_connection, _stream, home, server.Default!.Name);
        _stream.Removed = () => Removed?.Invoke(Gone(_stream.Reason).Message);
        Prewarm(options.PrewarmMilliseconds);
    }

    /// <inheritdoc/>
    public Action<string>? Removed { get; set; }

    /// <inheritdoc/>
    public string Name => _stream.Sink;

    /// <summary>Whether the server has suspended the loudspeaker: it takes a buffer of sound, and plays
    /// nothing.</summary>
    public bool IsSuspended
    {
        get
        {
            using PulseConnection.Entrance entrance = Enter();
            return _stream.IsSuspended;
        }
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long Underruns => _stream.Underruns;

    /// <inheritdoc/>
    public TimeSpan Latency
    {
        get
        {
            using PulseConnection.Entrance entrance = Enter();
            double unheard = _stream.Timing(out double passed).Unheard(passed);
            return TimeSpan.FromSeconds(_position.State(unheard - _rewound) / Format.SampleRate);
        }
    }

    /// <inheritdoc/>
    public void Write(AudioBlock block)
    {
        Interleaving.Check(block, Format);
        Span<float> samples = _frames.AsSpan(0, block.Frames * block.Channels);
        Interleaving.Interleave(block, samples);
        Send(samples);
    }

    /// <inheritdoc/>
    public void Drain()
    {
        Silence();
        IntPtr asked = IntPtr.Zero;
        int flushes = Volatile.Read(ref _flushes);
        try
        {
            while (true)
            {
                _connection.Forget();
                using (Enter())
                {
                    if (asked == IntPtr.Zero)
                        asked = _stream.AskDrained();
                    if (asked == IntPtr.Zero)
                        throw Gone(_stream.Reason);
                    if (!PulseStream.IsRunning(asked))
                    {
                        _stream.RanOut();
                        return;
                    }

                    if (Interlocked.Exchange(ref _interrupted, false) || Volatile.Read(ref _flushes) != flushes)
                        return;
                }

                _connection.Wait(PulseConnection.Patience);
            }
        }
        finally
        {
            Release(asked);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        try
        {
            using PulseConnection.Entrance entrance = Enter();
            _stream.Flush();
            _rewound = 0;
            Volatile.Write(ref _interrupted, false);
            // A server that does not answer any more would not let a writer go on.
            Interlocked.Increment(ref _flushes);
            _connection.Wake();
        }
        catch (Exception e) when (e is DeviceException or ObjectDisposedException)
        {
            // Nothing of it will be heard any more, which is what was asked for.
        }
    }

    /// <inheritdoc/>
    public int Rewind(int frames)
    {
        IntPtr asked = IntPtr.Zero;
        try
        {
            using (Enter())
                asked = _stream.AskTiming();
            // Where the sink is now, and not where it must be: it takes a lot at a time. One question and its answer, a
            // fraction of a millisecond.
            long start = Stopwatch.GetTimestamp();
            while (true)
            {
                _connection.Forget();
                using (Enter())
                {
                    if (asked == IntPtr.Zero || !PulseStream.IsRunning(asked)
                        || Stopwatch.GetElapsedTime(start) >= TimingPatience)
                        return TakeBack(frames);
                }

                _connection.Wait(TimingPatience - Stopwatch.GetElapsedTime(start));
            }
        }
        catch (DeviceException)
        {
            return 0;
        }
        finally
        {
            Release(asked);
        }
    }

    /// <inheritdoc/>
    public void InterruptWait()
    {
        Volatile.Write(ref _interrupted, true);
        _connection.Wake();
    }

    /// <inheritdoc/>
    public double Grow()
    {
        if (_buffer >= _mostBuffer)
            return 0;
        _buffer = _buffer * 2 < _mostBuffer ? _buffer * 2 : _mostBuffer;
        PulseBuffer buffer = Buffer(_buffer);
        _prebuffer = buffer.Prebuffer / (double)(Format.Channels * sizeof(float));
        using PulseConnection.Entrance entrance = Enter();
        _stream.Resize(buffer);
        return _buffer.TotalMilliseconds;
    }

    /// <summary>Stops at once and closes; what was not yet heard is dropped. Call <see cref="Drain"/> first to hear
    /// it.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _stream.Dispose();
        _connection.Dispose();
    }

    private PulseConnection.Entrance Enter()
    {
        PulseConnection.Entrance entrance = _connection.Enter();
        bool closed = _closed;
        if (!closed && !_stream.IsDead)
            return entrance;
        string reason = closed ? string.Empty : _stream.Reason;
        entrance.Dispose();
        ObjectDisposedException.ThrowIf(closed, this);
        throw Gone(reason);
    }

    private void Send(ReadOnlySpan<float> samples)
    {
        long waiting = Stopwatch.GetTimestamp();
        int flushes = Volatile.Read(ref _flushes);
        while (true)
        {
            _connection.Forget();
            using (Enter())
            {
                int room = (_stream.Room + _rewound) * Format.Channels;
                if (room < samples.Length
                    && (Interlocked.Exchange(ref _interrupted, false) || Volatile.Read(ref _flushes) != flushes))
                    room = samples.Length;
                ReadOnlySpan<float> part = samples[..Math.Min(room, samples.Length)];
                if (part.Length > 0)
                {
                    if (!_stream.Write(part, _rewound))
                        throw Gone(_stream.Reason);
                    _rewound = 0;
                    _position.Append(part.Length / Format.Channels);
                    _stream.HoldsSound = true;
                    samples = samples[part.Length..];
                    waiting = Stopwatch.GetTimestamp();
                }

                if (samples.IsEmpty)
                    return;
                if (Stopwatch.GetElapsedTime(waiting) > PulseConnection.Patience)
                    throw Stuck();
            }

            _connection.Wait(PulseConnection.Patience);
        }
    }

    private int TakeBack(int frames)
    {
        Volatile.Write(ref _interrupted, false);
        int rewindable = _stream.Timing(out double passed).Rewindable(
            passed, Margin.TotalSeconds * Format.SampleRate, _prebuffer);
        int taken = Math.Clamp(rewindable - _rewound, 0, Math.Max(frames, 0));
        _rewound += taken;
        _position.Rewind(taken);
        return taken;
    }

    // What was taken back and not replaced must not sound either.
    private void Silence()
    {
        while (_rewound > 0)
        {
            using PulseConnection.Entrance entrance = Enter();
            int frames = Math.Min(_rewound, IOutputDevice.MostFrames);
            int rest = _rewound - frames;
            Span<float> silence = _frames.AsSpan(0, frames * Format.Channels);
            silence.Clear();
            if (!_stream.Write(silence, _rewound))
                throw Gone(_stream.Reason);
            _rewound = rest;
        }
    }

    // Goes in front of the first line, whatever the buffer is; the line is heard behind it.
    private void Prewarm(double milliseconds)
    {
        int frames = milliseconds > 0 ? Format.Frames(milliseconds) : 0;
        for (int size; frames > 0; frames -= size)
        {
            size = Math.Min(frames, IOutputDevice.MostFrames);
            using PulseConnection.Entrance entrance = Enter();
            _ = _stream.Write(_frames.AsSpan(0, size * Format.Channels), 0);
            _position.Append(size);
        }
    }

    private void Release(IntPtr asked)
    {
        if (asked == IntPtr.Zero)
            return;
        try
        {
            using PulseConnection.Entrance entrance = _connection.Enter();
            PulseStream.Release(asked);
        }
        catch (ObjectDisposedException)
        {
            // Gone with its connection.
        }
    }

    private PulseBuffer Buffer(TimeSpan length)
    {
        int frame = Format.Channels * sizeof(float);
        uint target = (uint)(Format.Frames(length.TotalMilliseconds) * frame);
        return new PulseBuffer
        {
            MaxLength = uint.MaxValue,
            TargetLength = target,
            // A stream starts, and starts again after a gap, with half a buffer: later starts are needless, earlier
            // ones stutter.
            Prebuffer = target / 2 / (uint)frame * (uint)frame,
            MinimumRequest = Math.Min(target / 4,
                (uint)(Format.Frames(MostInSinkMilliseconds) * frame)) / (uint)frame * (uint)frame,
            FragmentSize = uint.MaxValue,
        };
    }

    private DeviceException Gone(string reason) =>
        new($"The loudspeaker {Name} has gone: PulseAudio says {reason}. Plug it in again or choose another one; `r3x "
            + $"devices` lists them.");

    private DeviceException Stuck() => new(
        $"The loudspeaker {Name} has taken no sound for {PulseConnection.Patience.TotalSeconds:0} seconds"
        + $"{(_stream.IsSuspended ? ": the sound server has suspended it" : string.Empty)}. Choose another one; `r3x "
            + $"devices` lists them.");
}
