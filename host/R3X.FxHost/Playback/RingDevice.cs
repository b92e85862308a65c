using System;
using System.Runtime.CompilerServices;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker whose own thread asks for frames: the writer fills a ring that this thread empties, and the stream
/// runs, silent, between lines.
/// </summary>
internal abstract class RingDevice : IOutputDevice, IRemovable, IGrowing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private readonly DevicePosition _position = new();
    private readonly TimeSpan _mostBuffer;
    private readonly TimeSpan _inDevice;
    private TimeSpan _buffer;
    private SampleRing _ring = null!;
    private float[] _frames = null!;
    private int _prebuffer;
    private int _leastInRing;
    private int _largestRequest;
    private long _underruns;
    private bool _waitInterrupted;
    private bool _writerWaits;
    private bool _draining;
    private bool _finished;
    private bool _closed;

    // The device's thread: whether it is sounding, and frames of silence handed over since the last sound.
    private bool _sounding;
    private long _silence = int.MaxValue;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="options">Buffer.</param>
    /// <param name="inDevice">How much of the buffer the device itself is to hold; the rest is in the ring.</param>
    protected RingDevice(OutputDeviceOptions options, TimeSpan inDevice)
    {
        _buffer = options.Buffer;
        _mostBuffer = options.GrownBuffer;
        _inDevice = inDevice;
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public AudioFormat Format { get; private set; }

    /// <inheritdoc/>
    public Action<string>? Removed { get; set; }

    /// <inheritdoc/>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <inheritdoc/>
    public TimeSpan Latency
    {
        get
        {
            using Lock.Scope scope = Control.EnterScope();
            ThrowIfGone();
            // In this order what the device takes meanwhile is counted twice, and never not at all.
            int waiting = _ring.Waiting;
            double inDevice = Math.Max(0, FramesInDevice() - Volatile.Read(ref _silence));
            return TimeSpan.FromSeconds(_position.State(waiting + inDevice) / Format.SampleRate);
        }
    }

    /// <summary>Guards the stream: held while it is fed, asked, restarted or closed.</summary>
    protected Lock Control { get; } = new();

    /// <summary>Whether <see cref="Dispose"/> was called.</summary>
    protected bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Frames of silence that push the last sound out of the device.</summary>
    protected int Padding { get; set; }

    private bool IsThrough => _ring.Waiting == 0 && Volatile.Read(ref _silence) >= Padding;

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
            if (!samples.IsEmpty && Interlocked.Exchange(ref _waitInterrupted, false))
                samples = samples[(_ring.Write(samples, urgent: true) * Format.Channels)..];
            if (samples.IsEmpty)
                break;
            WaitForDevice(static device => device._ring.Room > 0);
        }

        _position.Append(block.Frames);
    }

    /// <inheritdoc/>
    public void Drain()
    {
        Volatile.Write(ref _draining, true);
        try
        {
            // Silence is pushed through the device until it has pushed the last sample out: stopping it drops that.
            while (!IsThrough)
            {
                ThrowIfGone();
                if (Interlocked.Exchange(ref _waitInterrupted, false))
                    return;
                WaitForDevice(static device => device.IsThrough);
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
        lock (Control)
        {
            if (_closed || Volatile.Read(ref _finished))
                return;
            _ring.Flush();
            Volatile.Write(ref _waitInterrupted, false);
            Stop();
            // Nobody asks for frames now: what belongs to the device's thread may be set.
            _sounding = false;
            Volatile.Write(ref _silence, int.MaxValue);
            if (!Start())
                Volatile.Write(ref _finished, true);
            _wake.Set();
        }
    }

    /// <inheritdoc/>
    public int Rewind(int frames)
    {
        Volatile.Write(ref _waitInterrupted, false);
        // What the device takes next stays, or it would find nothing if it came before the write.
        int taken = _ring.Rewind(frames, keep: Volatile.Read(ref _largestRequest));
        _position.Rewind(taken);
        return taken;
    }

    /// <inheritdoc/>
    public void InterruptWait()
    {
        Volatile.Write(ref _waitInterrupted, true);
        _wake.Set();
    }

    /// <inheritdoc/>
    public virtual double Grow()
    {
        if (_buffer >= _mostBuffer)
            return 0;
        _buffer = _buffer * 2 < _mostBuffer ? _buffer * 2 : _mostBuffer;
        _ring.Capacity = RingFrames(_buffer);
        return _buffer.TotalMilliseconds;
    }

    /// <summary>
    /// Stops at once and closes; what was not yet heard is dropped. Call <see cref="Drain"/> first to hear it.
    /// </summary>
    public void Dispose()
    {
        lock (Control)
        {
            if (_closed)
                return;
            _closed = true;
            Volatile.Write(ref _finished, true);
        }

        Close();
        _wake.Set();
        _wake.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the ring, once it is known what the device takes. Before its thread runs.</summary>
    /// <param name="format">What it is opened with.</param>
    /// <param name="frames">How many frames it takes at once.</param>
    protected void Prepare(AudioFormat format, int frames)
    {
        Format = format;
        _leastInRing = frames;
        // What an interrupted wait adds: a block of the largest size, and one more.
        _ring = new SampleRing(
            RingFrames(_buffer), format.Channels, spare: 2 * IOutputDevice.MostFrames, most: RingFrames(_mostBuffer));
        _prebuffer = _ring.Capacity / 2;
        _frames = GC.AllocateArray<float>(IOutputDevice.MostFrames * format.Channels, pinned: true);
    }

    /// <summary>
    /// Frames handed over, silence included, that have not been heard. Called with <see cref="Control"/> held.
    /// </summary>
    protected abstract double FramesInDevice();

    /// <summary>Stops at once and drops what the device holds; nobody asks for frames until it is started. Called with
    /// <see cref="Control"/> held; does not throw.</summary>
    protected abstract void Stop();

    /// <summary>Starts it, also again. Called with <see cref="Control"/> held; does not throw.</summary>
    /// <returns>Whether it runs.</returns>
    protected abstract bool Start();

    /// <summary>Stops the device and lets go of it.</summary>
    protected abstract void Close();

    /// <summary>Fills what the device asks for. The device's thread.</summary>
    /// <param name="output">Interleaved samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Fill(Span<float> output)
    {
        _ring.ReleaseFlushed();
        int frames = output.Length / Format.Channels;
        int waiting = _ring.Waiting;
        if (waiting >= _prebuffer || (waiting > 0 && Volatile.Read(ref _draining)))
            _sounding = true;
        long silence = _silence;
        // Before they leave the ring: in between they are counted twice, and never not at all.
        if (_sounding)
            Volatile.Write(ref _silence, 0);
        int given = _sounding ? _ring.Read(output) : 0;
        output[(given * Format.Channels)..].Clear();
        if (given < frames && _sounding)
        {
            _sounding = false;
            Volatile.Write(ref _underruns, _underruns + 1);
        }

        // The first request fills the whole device; those while it sounds, what it played since the last one.
        if (given > 0 && frames > _largestRequest)
            Volatile.Write(ref _largestRequest, frames);
        Volatile.Write(ref _silence, given == 0 ? Math.Min(silence + frames, int.MaxValue) : frames - given);
        if (Volatile.Read(ref _writerWaits))
            _wake.Set();
    }

    /// <summary>The device ran dry before it asked again. The device's thread.</summary>
    protected void NoteRanDry()
    {
        if (_sounding)
            Volatile.Write(ref _underruns, _underruns + 1);
    }

    /// <summary>The stream has ended. Any thread; must not hold <see cref="Control"/>.</summary>
    protected void End()
    {
        Volatile.Write(ref _finished, true);
        if (IsClosed)
            return;
        _wake.Set();
        Removed?.Invoke(Gone().Message);
    }

    /// <summary>Throws when the stream has ended or was closed.</summary>
    protected void ThrowIfGone()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Volatile.Read(ref _finished))
            throw Gone();
    }

    private int RingFrames(TimeSpan buffer) =>
        Math.Max(Format.Frames((buffer - _inDevice).TotalMilliseconds), _leastInRing);

    // The flag goes up before the condition is looked at, so a request in between either is seen or wakes the wait.
    private void WaitForDevice(Func<RingDevice, bool> already)
    {
        _wake.Reset();
        Volatile.Write(ref _writerWaits, true);
        Thread.MemoryBarrier();
        bool woken = already(this) || Volatile.Read(ref _finished) || Volatile.Read(ref _waitInterrupted)
            || _wake.Wait(Patience);
        Volatile.Write(ref _writerWaits, false);
        if (!woken)
        {
            throw new DeviceException(
                $"The loudspeaker {Name} has taken no sound for {Patience.TotalSeconds:0} seconds. "
                + "Choose another one; `r3x devices` lists them.");
        }
    }

    private DeviceException Gone() =>
        new($"The loudspeaker {Name} has gone. Plug it in again or choose another one; `r3x devices` lists them.");
}
