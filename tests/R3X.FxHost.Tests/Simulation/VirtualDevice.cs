using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;

namespace R3X.FxHost.Tests.Simulation;

/// <summary>
/// A stream to a virtual loudspeaker: it begins to sound when half its buffer is full or it is drained, and again after
/// it ran dry. What sounds within <see cref="InSinkMilliseconds"/> cannot be taken back.
/// </summary>
internal sealed class VirtualDevice : IOutputDevice, IRemovable, IGrowing
{
    public const double InSinkMilliseconds = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly VirtualTime _time;
    private readonly Action<VirtualDevice> _closed;
    private readonly Wakeup _wake;
    private readonly List<float> _waiting = [];
    private readonly double _most;
    private double _buffer;
    private long _end;
    private bool _isPlaying;
    private bool _isDead;
    private bool _isClosed;
    private bool _interrupted;
    private int _flushes;
    private long _underruns;

    public VirtualDevice(VirtualTime time, VirtualSink sink, AudioFormat format, OutputDeviceOptions options,
        Action<VirtualDevice> closed)
    {
        _time = time;
        _closed = closed;
        _wake = new Wakeup(time);
        _buffer = options.Buffer.TotalMilliseconds;
        _most = options.GrownBuffer.TotalMilliseconds;
        Sink = sink;
        Format = format;
    }

    public VirtualSink Sink { get; }

    public string Name => Sink.Name;

    public AudioFormat Format { get; }

    public Action<string>? Removed { get; set; }

    public bool IsClosed => _isClosed;

    public double BufferMilliseconds => _buffer;

    public long Underruns
    {
        get
        {
            Settle();
            return _underruns;
        }
    }

    public TimeSpan Latency
    {
        get
        {
            ThrowIfGone();
            return TimeSpan.FromSeconds(Unheard / (double)Format.SampleRate);
        }
    }

    private long Unheard
    {
        get
        {
            Settle();
            return _isPlaying ? _end - Sink.Reckoned : _waiting.Count;
        }
    }

    public void Write(AudioBlock block)
    {
        int flushes = _flushes;
        TimeSpan since = _time.Now;
        while (true)
        {
            _wake.Reset();
            ThrowIfGone();
            long over = Unheard + block.Frames - Format.Frames(_buffer);
            if (over <= 0 || _interrupted || _flushes != flushes)
                break;
            if (_time.Now - since >= Patience)
                throw new DeviceException($"The loudspeaker {Name} has taken no sound for 2 seconds.");
            _wake.Wait(
                Sink.IsSuspended ? Patience : TimeSpan.FromSeconds(Math.Max(1, over) / (double)Format.SampleRate));
        }

        if (Unheard + block.Frames > Format.Frames(_buffer))
            _interrupted = false;
        if (_isPlaying)
        {
            Sink.Put(_end, block[0]);
            _end += block.Frames;
            return;
        }

        _waiting.AddRange(block[0]);
        if (_waiting.Count >= Format.Frames(_buffer) / 2)
            Play();
    }

    public void Drain()
    {
        int flushes = _flushes;
        Play();
        while (true)
        {
            _wake.Reset();
            ThrowIfGone();
            if ((Unheard == 0 && !Sink.DrainsForEver) || _flushes != flushes)
                return;
            if (_interrupted)
            {
                _interrupted = false;
                return;
            }

            _wake.Wait(Sink.IsSuspended || Sink.DrainsForEver
                ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(Unheard / (double)Format.SampleRate));
        }
    }

    public void Flush()
    {
        Rewind(int.MaxValue);
        _interrupted = false;
        _flushes++;
        _wake.Set();
    }

    public int Rewind(int frames)
    {
        _interrupted = false;
        if (_isDead || _isClosed)
            return 0;
        long unheard = Unheard;
        if (!_isPlaying)
        {
            int few = (int)Math.Min(frames, unheard);
            _waiting.RemoveRange(_waiting.Count - few, few);
            return few;
        }

        int taken = (int)Math.Clamp(unheard - Format.Frames(InSinkMilliseconds), 0, Math.Max(0, frames));
        _end -= taken;
        Sink.Cut(_end);
        return taken;
    }

    public void InterruptWait()
    {
        _interrupted = true;
        _wake.Set();
    }

    public double Grow()
    {
        if (_buffer >= _most)
            return 0;
        return _buffer = Math.Min(_most, _buffer * 2);
    }

    public void Dispose()
    {
        if (_isClosed)
            return;
        if (!_isDead && !Sink.IsGone)
            Sink.Cut(Sink.Position);
        _isClosed = true;
        _wake.Set();
        _wake.Dispose();
        _closed(this);
    }

    /// <summary>The server says that its loudspeaker has gone.</summary>
    internal void Die()
    {
        if (_isClosed)
            return;
        _isDead = true;
        _wake.Set();
        Removed?.Invoke($"The loudspeaker {Name} has gone.");
    }

    /// <summary>Its loudspeaker was suspended, or goes on: what was not heard waits meanwhile.</summary>
    internal void Suspended(bool isSuspended)
    {
        Settle();
        if (!isSuspended)
        {
            Play();
        }
        else if (_isPlaying)
        {
            _waiting.AddRange(Sink.Take(Sink.Reckoned, _end));
            _isPlaying = false;
        }

        _wake.Set();
    }

    private void Play()
    {
        if (_isPlaying || _waiting.Count == 0 || Sink.IsSuspended)
            return;
        _isPlaying = true;
        Sink.Put(Sink.Reckoned, CollectionsMarshal.AsSpan(_waiting));
        _end = Sink.Reckoned + _waiting.Count;
        _waiting.Clear();
    }

    // What time has done since somebody asked last. A dead loudspeaker's server goes on for those who do not know yet.
    private void Settle()
    {
        if (!_isPlaying || _end > Sink.Reckoned)
            return;
        _isPlaying = false;
        _underruns++;
    }

    private void ThrowIfGone()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_isDead)
            throw new DeviceException($"The loudspeaker {Name} has gone.");
    }
}
