using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>What a source of a PulseAudio server gives, as it comes. One thread reads.</summary>
[SuppressMessage("Usage", "CA2216:Disposable types should declare finalizer",
    Justification = "libpulse's thread holds on to it until it is disposed.")]
internal sealed unsafe class PulseRecording : IDisposable
{
    private readonly PulseConnection _connection;
    private readonly AudioFormat _format;
    private readonly string _source;
    private readonly IntPtr _stream;

    // Of the fragment that is being read: its samples (null for a hole), its frames, and how many were given.
    private float* _samples;
    private int _frames;
    private int _given;

    /// <summary>Begins to record.</summary>
    /// <param name="connection">The connection, not entered; the caller's to dispose behind this.</param>
    /// <param name="source">The source's name. When it goes, the recording ends: it is never moved to another, which
    /// might be a microphone.</param>
    /// <param name="name">The name the server sees.</param>
    /// <param name="format">What is given.</param>
    /// <param name="fragmentMilliseconds">How much comes at once.</param>
    /// <exception cref="DeviceException">The server refuses; the message is the reason alone.</exception>
    public PulseRecording(
        PulseConnection connection, string source, string name, AudioFormat format, double fragmentMilliseconds)
    {
        (_connection, _source, _format) = (connection, source, format);
        var sample = new PulseSampleSpec { Format = PulseNative.Float32, Rate = (uint)format.SampleRate,
            Channels = (byte)format.Channels };
        var buffer = new PulseBuffer
        {
            MaxLength = uint.MaxValue,
            TargetLength = uint.MaxValue,
            Prebuffer = uint.MaxValue,
            MinimumRequest = uint.MaxValue,
            FragmentSize = (uint)(format.Frames(fragmentMilliseconds) * FrameBytes),
        };
        try
        {
            using (connection.Enter())
            {
                _stream = PulsePlayback.New(
                    connection.Context, name, sample, PulseNative.StandardMap(format.Channels));
                if (_stream == IntPtr.Zero)
                    throw new DeviceException(Reason);
                IntPtr self = connection.Handle(this);
                PulsePlayback.OnState(_stream, &OnState, self);
                PulseRecord.OnFrames(_stream, &OnFrames, self);
                if (PulseRecord.Connect(
                    _stream, source, buffer, PulsePlayback.DontMove | PulseRecord.AdjustLatency) < 0)
                    throw new DeviceException(Reason);
            }

            if (!connection.Wait(
                static r => r.IsDead || PulsePlayback.State(r._stream) == PulsePlayback.Ready, this))
                throw new DeviceException($"no answer within {PulseConnection.Patience.TotalSeconds:0} seconds");
            using (connection.Enter())
            {
                if (IsDead)
                    throw new DeviceException(Reason);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private int FrameBytes => _format.Channels * sizeof(float);

    private bool IsDead => PulsePlayback.State(_stream) is PulsePlayback.Failed or PulsePlayback.Terminated
        || !_connection.IsAlive;

    private string Reason => PulseNative.Reason(PulseContext.Error(_connection.Context));

    /// <summary>Gives what has come, as much as fits, without waiting.</summary>
    /// <param name="block">Room for it.</param>
    /// <param name="waiting">Frames that have come beyond what was given.</param>
    /// <returns>Frames given; 0 when none have come.</returns>
    /// <exception cref="DeviceException">The source or the server is gone.</exception>
    public int Read(AudioBlock block, out int waiting)
    {
        // What comes while this looks wakes the next wait.
        _connection.Forget();
        using PulseConnection.Entrance entrance = _connection.Enter();
        if (IsDead)
        {
            throw new DeviceException($"{_source} is gone: the sound server says {Reason}. Somebody took it away, or "
                + $"the server ended. Begin anew when it is back.");
        }

        int read = 0;
        while (read < block.Frames && Peek())
        {
            int frames = Math.Min(block.Frames - read, _frames - _given);
            Give(block.Slice(read, frames));
            read += frames;
            if (_given == _frames)
                Drop();
        }

        waiting = (int)(PulseRecord.Waiting(_stream) / (nuint)FrameBytes) - _given;
        return read;
    }

    /// <summary>Waits until more has come, or <see cref="Wake"/> was called, since the last
    /// <see cref="Read"/>.</summary>
    /// <param name="atMost">How long.</param>
    public void Wait(TimeSpan atMost) => _connection.Wait(atMost);

    /// <summary>Ends a wait. Any thread.</summary>
    public void Wake() => _connection.Wake();

    /// <summary>Records no longer.</summary>
    public void Dispose()
    {
        using PulseConnection.Entrance entrance = _connection.Enter();
        if (_stream == IntPtr.Zero)
            return;
        PulsePlayback.OnState(_stream, null, IntPtr.Zero);
        PulseRecord.OnFrames(_stream, null, IntPtr.Zero);
        _ = PulsePlayback.Disconnect(_stream);
        PulsePlayback.Free(_stream);
    }

    private bool Peek()
    {
        if (_frames > 0)
            return true;
        if (PulseRecord.Peek(_stream, out _samples, out nuint bytes) < 0)
            return false;
        _frames = (int)(bytes / (nuint)FrameBytes);
        return _frames > 0;
    }

    private void Drop()
    {
        _ = PulseRecord.Drop(_stream);
        (_frames, _given) = (0, 0);
    }

    private void Give(AudioBlock block)
    {
        if (_samples == null)
        {
            block.Clear();
        }
        else
        {
            float* first = _samples + (_given * _format.Channels);
            for (int channel = 0; channel < block.Channels; channel++)
            {
                Span<float> target = block[channel];
                for (int i = 0; i < target.Length; i++)
                    target[i] = first[(i * _format.Channels) + channel];
            }
        }

        _given += block.Frames;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnState(IntPtr stream, IntPtr self) => Woken(self);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFrames(IntPtr stream, nuint bytes, IntPtr self) => Woken(self);

    // An exception that left a callback would end the process.
    private static void Woken(IntPtr self)
    {
        try
        {
            (GCHandle.FromIntPtr(self).Target as PulseRecording)?._connection.Wake();
        }
        catch (Exception)
        {
            // Whoever waits looks again when its patience ends.
        }
    }
}
