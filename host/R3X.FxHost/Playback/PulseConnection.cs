using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// A connection to a PulseAudio or PipeWire server that lives: libpulse works on a thread of its own and wakes whoever
/// waits here. One thread waits at a time; any thread may enter.
/// </summary>
[SuppressMessage("Usage", "CA2216:Disposable types should declare finalizer",
    Justification = "libpulse's thread holds on to it until it is disposed.")]
internal sealed unsafe class PulseConnection : IDisposable
{
    /// <summary>How long a server may take over an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private readonly List<GCHandle> _called = [];
    private readonly IntPtr _loop;
    private bool _closed;

    /// <summary>Connects. Takes a few milliseconds, at most about two seconds; starts no server.</summary>
    /// <param name="server">Its address, or null for the one libpulse finds.</param>
    /// <param name="application">The name the server sees.</param>
    /// <exception cref="DeviceException">Nobody answers; the message is the reason alone.</exception>
    public PulseConnection(string? server, string application)
    {
        try
        {
            _loop = PulseLoop.New();
            if (_loop == IntPtr.Zero)
                throw new DeviceException("libpulse could not start its event loop");
            Context = PulseContext.New(PulseLoop.Interface(_loop), application);
            if (Context == IntPtr.Zero)
                throw new DeviceException("libpulse could not make a connection");
            PulseContext.OnState(Context, &OnState, Handle(this));
            if (PulseContext.Connect(
                Context, string.IsNullOrEmpty(server) ? null : server, PulseContext.NoAutospawn, IntPtr.Zero) < 0
                || PulseLoop.Start(_loop) < 0
                || !Wait(static c => PulseContext.State(c.Context) is PulseContext.Ready
                    or PulseContext.Failed or PulseContext.Terminated, this)
                || !IsAlive)
            {
                throw new DeviceException(
                    $"the server does not answer ({PulseNative.Reason(PulseContext.Error(Context))})");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The pa_context; to be used inside <see cref="Enter"/> or from a callback.</summary>
    public IntPtr Context { get; }

    /// <summary>Whether the server is there. Inside <see cref="Enter"/>.</summary>
    public bool IsAlive => PulseContext.State(Context) == PulseContext.Ready;

    /// <summary>Takes libpulse's lock until disposed. Any thread but libpulse's own.</summary>
    /// <exception cref="ObjectDisposedException">Closed.</exception>
    public Entrance Enter()
    {
        _gate.Enter();
        if (_closed)
        {
            _gate.Exit();
            throw new ObjectDisposedException(nameof(PulseConnection));
        }

        PulseLoop.Lock(_loop);
        return new Entrance(this);
    }

    /// <summary>What libpulse hands back to callbacks, for as long as it may call any.</summary>
    /// <param name="called">Who is called back.</param>
    public IntPtr Handle(object called)
    {
        var handle = GCHandle.Alloc(called);
        _called.Add(handle);
        return GCHandle.ToIntPtr(handle);
    }

    /// <summary>Lets the thread that waits look again. Any thread; never throws.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Forgets earlier calls of <see cref="Wake"/>: what the caller looks at next is newer.</summary>
    public void Forget() => _wake.Reset();

    /// <summary>Waits for <see cref="Wake"/>.</summary>
    /// <param name="atMost">How long.</param>
    /// <returns>Whether it came.</returns>
    public bool Wait(TimeSpan atMost) => _wake.Wait(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero);

    /// <summary>Waits until something is so, looked at inside <see cref="Enter"/> after each wake.</summary>
    /// <param name="condition">What.</param>
    /// <param name="state">What it is given.</param>
    /// <returns>False when it was not so within <see cref="Patience"/>.</returns>
    public bool Wait<T>(Func<T, bool> condition, T state)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Forget();
            using (Enter())
            {
                if (condition(state))
                    return true;
            }

            if (!Wait(Patience - Stopwatch.GetElapsedTime(start)))
                return false;
        }
    }

    /// <summary>Ends the connection; the server drops what belonged to it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            if (_loop != IntPtr.Zero)
            {
                // Its thread is gone before anything of it is freed; one that never started ends as well.
                PulseLoop.Stop(_loop);
                if (Context != IntPtr.Zero)
                {
                    PulseContext.OnState(Context, null, IntPtr.Zero);
                    PulseContext.Disconnect(Context);
                    PulseContext.Free(Context);
                }

                PulseLoop.Free(_loop);
            }

            foreach (GCHandle called in _called)
                called.Free();
        }

        // Whoever waits finds it closed.
        _wake.Set();
        _wake.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnState(IntPtr context, IntPtr self)
    {
        // An exception that left a callback would end the process.
        try
        {
            (GCHandle.FromIntPtr(self).Target as PulseConnection)?.Wake();
        }
        catch (Exception)
        {
            // Whoever waits looks again when its patience ends.
        }
    }

    /// <summary>libpulse's lock, held.</summary>
    internal readonly ref struct Entrance(PulseConnection connection)
    {
        public void Dispose()
        {
            PulseLoop.Unlock(connection._loop);
            connection._gate.Exit();
        }
    }
}
