using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker through PortAudio in callback mode: the writer fills a ring that PortAudio's thread empties, and the
/// stream runs, silent, between lines. Takes over the library's use it is given.
/// </summary>
internal sealed unsafe class PortAudioDevice : IOutputDevice, IRemovable, IGrowing
{
    // What the device itself holds cannot be taken back: it bounds how soon an interruption is silent.
    private const double MostInDeviceSeconds = 0.020;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PortAudio _audio;
    private readonly Lock _control = new();
    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private readonly SampleRing _ring;
    private readonly DevicePosition _position = new();
    private readonly float[] _frames;
    private readonly GCHandle _self;
    private readonly IntPtr _stream;
    private readonly int _padding;
    private readonly int _prebuffer;
    private readonly int _leastInRing;
    private readonly TimeSpan _inDevice;
    private readonly TimeSpan _mostBuffer;
    private TimeSpan _buffer;
    private long _underruns;
    private int _largestWish;
    private bool _hurried;
    private bool _writerWaits;
    private bool _draining;
    private bool _flushing;
    private bool _finished;
    private bool _closed;

    // The callback's own, and what it tells: whether it is sounding, frames of silence since the last sound, and the
    // stream's time at which what it last handed over has been heard.
    private bool _sounding;
    private bool _isHushed;
    private long _silence = int.MaxValue;
    private double _heardUntil;

    /// <summary>Opens and starts a device.</summary>
    /// <param name="audio">The library in use; disposed with this device, and when it cannot be opened.</param>
    /// <param name="output">Which.</param>
    /// <param name="options">Buffer: half of it in the device, 20 ms at most unless the device insists, the rest in the ring.</param>
    /// <param name="format">The format to open it in; null takes the device's own. Where the system does not resample, only that works.</param>
    /// <exception cref="DeviceException">PortAudio refuses.</exception>
    public PortAudioDevice(PortAudio audio, PortAudioOutput output, OutputDeviceOptions options, AudioFormat? format = null)
    {
        _audio = audio;
        Name = output.Name;
        _self = GCHandle.Alloc(this);
        using var quiet = new QuietAlsa();
        double half = Math.Min(options.Buffer.TotalSeconds / 2, MostInDeviceSeconds);
        _buffer = options.Buffer;
        _mostBuffer = options.GrownBuffer;
        Format = format ?? output.Format;
        int error = Open(output.Index, half, out _stream);
        if (format is null && error == PortAudio.InvalidChannelCount && output.MaximumChannels > Format.Channels)
        {
            Format = Format with { Channels = output.MaximumChannels };
            error = Open(output.Index, half, out _stream);
        }

        double deviceSeconds = error == 0 ? _audio.StreamInfo(_stream)->OutputLatency : half;
        int deviceFrames = Format.Frames(deviceSeconds * 1000);
        _leastInRing = deviceFrames;
        _inDevice = TimeSpan.FromSeconds(half);
        // What a hurried writer adds: a block of the largest size, and one more.
        _ring = new SampleRing(RingFrames(_buffer), Format.Channels, spare: 2048, most: RingFrames(_mostBuffer));
        _prebuffer = _ring.Capacity / 2;
        // ALSA devices are said to hold one period less than they do, a third of the whole at worst.
        _padding = deviceFrames + (deviceFrames / 2);
        _frames = GC.AllocateArray<float>(IOutputDevice.MostFrames * Format.Channels, pinned: true);
        if (error == 0)
            error = _audio.OnFinished(_stream, &OnFinished);
        if (error == 0)
            error = _audio.StartStream(_stream);
        if (error != 0)
        {
            string reason = _audio.Reason(error);
            Dispose();
            throw new DeviceException($"The loudspeaker {Name} could not be opened: PortAudio says {reason}{(format is null ? string.Empty : $" to {Format}, in which the sound began")}.");
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
            using Lock.Scope scope = _control.EnterScope();
            ThrowIfGone();
            // The callback tells how far it comes before it takes: in this order what it takes meanwhile is counted twice, and never not at all.
            int waiting = _ring.Waiting;
            double inDevice = Math.Max(0, Volatile.Read(ref _heardUntil) - _audio.StreamTime(_stream));
            return TimeSpan.FromSeconds(_position.State(waiting + (inDevice * Format.SampleRate)) / Format.SampleRate);
        }
    }

    private bool IsThrough => _ring.Waiting == 0 && Volatile.Read(ref _silence) >= _padding;

    /// <inheritdoc/>
    public void Write(AudioBlock block)
    {
        Interleaving.Check(block, Format);
        Span<float> samples = _frames.AsSpan(0, block.Frames * block.Channels);
        Interleaving.Interleave(block, samples);
        while (true)
        {
            ThrowIfGone();
            samples = samples[(_ring.Write(samples) * Format.Channels)..];
            if (!samples.IsEmpty && Interlocked.Exchange(ref _hurried, false))
                samples = samples[(_ring.Write(samples, hurried: true) * Format.Channels)..];
            if (samples.IsEmpty)
                break;
            WaitForCallback(static device => device._ring.Room > 0);
        }

        _position.Append(block.Frames);
    }

    /// <inheritdoc/>
    public void Drain()
    {
        Volatile.Write(ref _draining, true);
        try
        {
            // Silence is pushed through the device until it has pushed the last sample out: PortAudio's own stop drops it.
            while (!IsThrough)
            {
                ThrowIfGone();
                if (Interlocked.Exchange(ref _hurried, false))
                    return;
                WaitForCallback(static device => device.IsThrough);
            }

            ThrowIfGone();
        }
        finally
        {
            Volatile.Write(ref _draining, false);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        lock (_control)
        {
            if (_closed || Volatile.Read(ref _finished))
                return;
            _ring.Flush();
            Volatile.Write(ref _hurried, false);
            Volatile.Write(ref _flushing, true);
            _ = _audio.AbortStream(_stream);
            // The stream has no thread now: what is the callback's may be set.
            _isHushed = false;
            _sounding = false;
            Volatile.Write(ref _silence, int.MaxValue);
            Volatile.Write(ref _heardUntil, 0);
            Volatile.Write(ref _flushing, false);
            if (_audio.StartStream(_stream) != 0)
                Volatile.Write(ref _finished, true);
            _wake.Set();
        }
    }

    /// <inheritdoc/>
    public int Rewind(int frames)
    {
        Volatile.Write(ref _hurried, false);
        // What the next callback takes stays, or it would find nothing if it came before the write.
        int taken = _ring.Rewind(frames, keep: Volatile.Read(ref _largestWish));
        _position.Rewind(taken);
        return taken;
    }

    /// <inheritdoc/>
    public void InterruptWait()
    {
        Volatile.Write(ref _hurried, true);
        _wake.Set();
    }

    /// <inheritdoc/>
    public double Grow()
    {
        if (_buffer >= _mostBuffer)
            return 0;
        _buffer = _buffer * 2 < _mostBuffer ? _buffer * 2 : _mostBuffer;
        _ring.Capacity = RingFrames(_buffer);
        return _buffer.TotalMilliseconds;
    }

    /// <inheritdoc/>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <inheritdoc/>
    public Action<string>? Removed { get; set; }

    /// <summary>Stops at once and closes; what was not yet heard is dropped. Call <see cref="Drain"/> first to hear it.</summary>
    public void Dispose()
    {
        lock (_control)
        {
            if (_closed)
                return;
            _closed = true;
            Volatile.Write(ref _finished, true);
            if (_stream != IntPtr.Zero)
            {
                _ = _audio.AbortStream(_stream);
                _ = _audio.CloseStream(_stream);
            }

            _audio.Dispose();
            _self.Free();
            _wake.Set();
            _wake.Dispose();
        }
    }

    private int RingFrames(TimeSpan buffer) => Math.Max(Format.Frames((buffer - _inDevice).TotalMilliseconds), _leastInRing);

    private int Open(int device, double latency, out IntPtr stream)
    {
        var output = new PortAudioParameters
        {
            Device = device,
            Channels = Format.Channels,
            SampleFormat = new CULong(PortAudio.Float32),
            Latency = latency,
        };
        IntPtr opened = IntPtr.Zero;
        int error = _audio.OpenStream(&opened, null, &output, Format.SampleRate, new CULong(0), new CULong(0), &OnWanted, GCHandle.ToIntPtr(_self));
        stream = error == 0 ? opened : IntPtr.Zero;
        return error;
    }

    // The flag goes up before the condition is looked at, so a callback in between either is seen or wakes the wait.
    private void WaitForCallback(Func<PortAudioDevice, bool> already)
    {
        _wake.Reset();
        Volatile.Write(ref _writerWaits, true);
        Thread.MemoryBarrier();
        bool woken = already(this) || Volatile.Read(ref _finished) || Volatile.Read(ref _hurried) || _wake.Wait(Patience);
        Volatile.Write(ref _writerWaits, false);
        if (!woken)
        {
            throw new DeviceException(
                $"The loudspeaker {Name} has taken no sound for {Patience.TotalSeconds:0} seconds. Choose another one; `r3x devices` lists them.");
        }
    }

    private void ThrowIfGone()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Volatile.Read(ref _finished))
            throw Gone();
    }

    private DeviceException Gone() =>
        new($"The loudspeaker {Name} has gone. Plug it in again or choose another one; `r3x devices` lists them.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(Span<float> output, double heardUntil)
    {
        Volatile.Write(ref _heardUntil, heardUntil);
        _ring.ReleaseFlushed();
        int frames = output.Length / Format.Channels;
        int waiting = _ring.Waiting;
        if (waiting >= _prebuffer || (waiting > 0 && Volatile.Read(ref _draining)))
            _sounding = true;
        int given = _sounding ? _ring.Read(output) : 0;
        output[(given * Format.Channels)..].Clear();
        if (given < frames && _sounding)
        {
            _sounding = false;
            Volatile.Write(ref _underruns, _underruns + 1);
        }

        if (frames > _largestWish)
            Volatile.Write(ref _largestWish, frames);
        Volatile.Write(ref _silence, given == 0 ? Math.Min(_silence + frames, int.MaxValue) : frames - given);
        if (Volatile.Read(ref _writerWaits))
            _wake.Set();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWanted(float* input, float* output, CULong frames, PortAudioTimes* times, CULong flags, IntPtr self)
    {
        // An exception that left this method would end the process.
        try
        {
            var device = Unsafe.As<PortAudioDevice>(GCHandle.FromIntPtr(self).Target)!;
            if (!device._isHushed)
                QuietAlsa.HushThisThread();
            device._isHushed = true;
            int count = (int)frames.Value;
            double heardUntil = times->OutputHeard + ((double)count / device.Format.SampleRate);
            device.Fill(new Span<float>(output, count * device.Format.Channels), heardUntil);
            return 0;
        }
        catch (Exception)
        {
            // paAbort: the finished callback follows and the writer learns of it.
            return 2;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFinished(IntPtr self)
    {
        try
        {
            if (GCHandle.FromIntPtr(self).Target is not PortAudioDevice device || Volatile.Read(ref device._flushing))
                return;
            Volatile.Write(ref device._finished, true);
            device._wake.Set();
            if (!device._closed)
                device.Removed?.Invoke(device.Gone().Message);
        }
        catch (Exception)
        {
            // Closing already.
        }
    }
}
