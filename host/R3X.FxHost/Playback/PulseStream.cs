using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// One stream to a sink, and what libpulse's thread tells of it. Members are used inside the connection's
/// <see cref="PulseConnection.Enter"/> unless they say otherwise.
/// </summary>
internal sealed unsafe class PulseStream : IDisposable
{
    private readonly PulseConnection _connection;
    private readonly AudioFormat _format;
    private int _bufferBytes;
    private readonly IntPtr _self;
    private readonly IntPtr _stream;
    private string _sink;
    private long _toldAt;
    private long _sinceFlush;
    private long _underruns;
    private bool _wasFlushed;

    /// <summary>Opens a stream and waits until the server has it.</summary>
    /// <param name="connection">The connection, not entered; the caller's to dispose behind this stream.</param>
    /// <param name="sink">The sink's name, or null for the server's choice.</param>
    /// <param name="format">What will be written; the server resamples where the sink differs.</param>
    /// <param name="map">The loudspeakers of its channels.</param>
    /// <param name="buffer">In bytes.</param>
    /// <param name="moves">Whether the server may move it to another sink.</param>
    /// <exception cref="DeviceException">The server refuses; the message is the reason alone.</exception>
    public PulseStream(PulseConnection connection, string? sink, AudioFormat format, PulseChannelMap map,
        PulseBuffer buffer, bool moves)
    {
        _connection = connection;
        _format = format;
        _bufferBytes = (int)buffer.TargetLength;
        _sink = sink ?? string.Empty;
        _self = connection.Handle(this);
        var sample = new PulseSampleSpec { Format = PulseNative.Float32, Rate = (uint)format.SampleRate,
            Channels = (byte)format.Channels };
        int flags = PulsePlayback.InterpolateTiming | PulsePlayback.AutoTimingUpdate | PulsePlayback.EarlyRequests | (
            moves ? 0 : PulsePlayback.DontMove);
        try
        {
            using (_connection.Enter())
            {
                _stream = PulsePlayback.New(_connection.Context, "voice", sample, map);
                if (_stream == IntPtr.Zero)
                    throw new DeviceException(Reason);
                Listen(_self);
                if (PulsePlayback.Connect(_stream, sink, buffer, flags, IntPtr.Zero, IntPtr.Zero) < 0)
                    throw new DeviceException(Reason);
            }

            if (!_connection.Wait(static s => s.IsAlive ? PulsePlayback.Timing(s._stream) != null : s.IsDead, this))
                throw new DeviceException($"no answer within {PulseConnection.Patience.TotalSeconds:0} seconds");
            using (_connection.Enter())
            {
                if (IsDead)
                    throw new DeviceException(Reason);
                StateSink();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The name of the sink that sounds it. Any thread.</summary>
    public string Sink => Volatile.Read(ref _sink);

    /// <summary>How often it ran out of frames. Any thread.</summary>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <summary>Whether it holds sound, and not only what keeps a sink awake: running out of that is an
    /// underrun.</summary>
    public bool HoldsSound { get; set; }

    /// <summary>Called on libpulse's thread when the stream is dead; must neither throw nor wait. Set once.</summary>
    public Action? Removed { get; set; }

    /// <summary>The server's number for it.</summary>
    public uint Index => PulsePlayback.Index(_stream);

    public bool IsAlive => PulsePlayback.State(_stream) == PulsePlayback.Ready;

    public bool IsDead => PulsePlayback.State(_stream) is PulsePlayback.Failed or PulsePlayback.Terminated
        || !_connection.IsAlive;

    public bool IsSuspended => PulsePlayback.IsSuspended(_stream) == 1;

    /// <summary>libpulse's words for what went wrong last.</summary>
    public string Reason => PulseNative.Reason(PulseContext.Error(_connection.Context));

    /// <summary>Frames the server waits for.</summary>
    public int Room
    {
        get
        {
            nuint bytes = PulsePlayback.Room(_stream);
            return bytes == PulsePlayback.Nothing ? 0 : (int)(bytes / (nuint)FrameBytes);
        }
    }

    private int FrameBytes => _format.Channels * sizeof(float);

    /// <summary>Copies frames to the server.</summary>
    /// <param name="frames">Interleaved samples.</param>
    /// <param name="rewound">How many frames before the end of what was written they begin.</param>
    /// <returns>False when the stream is dead.</returns>
    public bool Write(ReadOnlySpan<float> frames, int rewound)
    {
        int bytes = frames.Length * sizeof(float);
        _sinceFlush += (frames.Length / _format.Channels) - rewound;
        // So much has been played of what came after the flush that an underrun is no longer the flush's own.
        if (_sinceFlush * FrameBytes > _bufferBytes)
            _wasFlushed = false;
        fixed (float* first = frames)
            return PulsePlayback.Write(_stream, first, (nuint)bytes, IntPtr.Zero, -(long)rewound * FrameBytes, 0) >= 0;
    }

    /// <summary>Asks the server for another buffer; it goes on meanwhile.</summary>
    /// <param name="buffer">In bytes.</param>
    public void Resize(PulseBuffer buffer)
    {
        _bufferBytes = (int)buffer.TargetLength;
        Release(PulsePlayback.Resize(_stream, buffer, IntPtr.Zero, IntPtr.Zero));
    }

    /// <summary>Drops what the sink has not taken.</summary>
    public void Flush()
    {
        Release(PulsePlayback.Flush(_stream, IntPtr.Zero, IntPtr.Zero));
        _sinceFlush = 0;
        _wasFlushed = true;
        HoldsSound = false;
    }

    /// <summary>Asks to be told, by a wake, when everything was heard; <see cref="IsRunning"/> says whether that is
    /// still to come.</summary>
    public IntPtr AskDrained() => PulsePlayback.Drain(_stream, &OnDone, _self);

    /// <summary>Asks where the frames are; a wake tells.</summary>
    public IntPtr AskTiming() => PulsePlayback.AskTiming(_stream, &OnDone, _self);

    /// <summary>Whether a request is still to be answered.</summary>
    public static bool IsRunning(IntPtr operation) =>
        PulseContext.OperationState(operation) == PulseContext.OperationRunning;

    /// <summary>No longer waits for an answer.</summary>
    public static void Release(IntPtr operation)
    {
        if (operation == IntPtr.Zero)
            return;
        PulseContext.CancelOperation(operation);
        PulseContext.FreeOperation(operation);
    }

    /// <summary>Where the frames are.</summary>
    /// <param name="passed">Frames that time has had since the server told.</param>
    public PulseTiming Timing(out double passed)
    {
        passed = IsSuspended
            ? 0 : Stopwatch.GetElapsedTime(Volatile.Read(ref _toldAt)).TotalSeconds * _format.SampleRate;
        PulseTimingInfo* info = PulsePlayback.Timing(_stream);
        return info == null ? default : PulseTiming.From(*info, _sinceFlush, _format.SampleRate, FrameBytes);
    }

    /// <summary>Counts that the last frame was heard, once for each time.</summary>
    public void RanOut()
    {
        if (HoldsSound)
            Volatile.Write(ref _underruns, _underruns + 1);
        HoldsSound = false;
    }

    /// <summary>Falls silent. Not inside <see cref="PulseConnection.Enter"/>; once.</summary>
    public void Dispose()
    {
        using (_connection.Enter())
        {
            if (_stream != IntPtr.Zero)
            {
                Listen(IntPtr.Zero);
                _ = PulsePlayback.Disconnect(_stream);
                PulsePlayback.Free(_stream);
            }
        }
    }

    private void Listen(IntPtr self)
    {
        bool on = self != IntPtr.Zero;
        PulsePlayback.OnState(_stream, on ? &OnState : null, self);
        PulsePlayback.OnRoom(_stream, on ? &OnRoom : null, self);
        PulsePlayback.OnTiming(_stream, on ? &OnTiming : null, self);
        PulsePlayback.OnUnderflow(_stream, on ? &OnUnderflow : null, self);
        PulsePlayback.OnStarted(_stream, on ? &OnStarted : null, self);
        PulsePlayback.OnMoved(_stream, on ? &OnMoved : null, self);
    }

    private void StateSink()
    {
        if (Marshal.PtrToStringUTF8(PulsePlayback.DeviceName(_stream)) is { Length: > 0 } name)
            Volatile.Write(ref _sink, name);
    }

    private void StateTiming()
    {
        PulseTimingInfo* info = PulsePlayback.Timing(_stream);
        if (info == null)
            return;
        _ = PulsePlayback.Now(out PulseTime now);
        TimeSpan age = now - info->Timestamp;
        // A wall clock that was set meanwhile, or a server with another one: the way there took half of the way back
        // and forth.
        if (age < TimeSpan.Zero || age > PulseConnection.Patience)
            age = TimeSpan.FromMicroseconds(info->Transport);
        Volatile.Write(ref _toldAt, Stopwatch.GetTimestamp() - (long)(age.TotalSeconds * Stopwatch.Frequency));
    }

    // An exception that left a callback would end the process.
    private static void Tell(IntPtr self, delegate*<PulseStream, void> what)
    {
        try
        {
            if (GCHandle.FromIntPtr(self).Target is PulseStream stream)
            {
                what(stream);
                stream._connection.Wake();
            }
        }
        catch (Exception)
        {
            // Whoever waits looks again when its patience ends.
        }
    }

    private static void Woken(PulseStream stream)
    {
    }

    private static void StateChanged(PulseStream stream)
    {
        if (stream.IsDead)
            stream.Removed?.Invoke();
    }

    private static void TimingTold(PulseStream stream) => stream.StateTiming();

    private static void Underflowed(PulseStream stream)
    {
        if (!stream._wasFlushed)
            stream.RanOut();
        stream._wasFlushed = false;
    }

    private static void Started(PulseStream stream) => stream._wasFlushed = false;

    private static void Moved(PulseStream stream) => stream.StateSink();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnState(IntPtr stream, IntPtr self) => Tell(self, &StateChanged);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRoom(IntPtr stream, nuint bytes, IntPtr self) => Tell(self, &Woken);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTiming(IntPtr stream, IntPtr self) => Tell(self, &TimingTold);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnderflow(IntPtr stream, IntPtr self) => Tell(self, &Underflowed);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStarted(IntPtr stream, IntPtr self) => Tell(self, &Started);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMoved(IntPtr stream, IntPtr self) => Tell(self, &Moved);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDone(IntPtr stream, int success, IntPtr self) => Tell(self, &Woken);
}
