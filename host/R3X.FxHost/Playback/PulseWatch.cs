using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>Hears from a server that its loudspeakers change, over a connection of its own.</summary>
internal sealed unsafe class PulseWatch : ISoundServerWatch
{
    private readonly PulseConnection _connection;
    private readonly Action _changed;

    private PulseWatch(PulseConnection connection, Action changed)
    {
        _connection = connection;
        _changed = changed;
        using PulseConnection.Entrance entrance = connection.Enter();
        PulseContext.OnEvent(connection.Context, &OnEvent, connection.Handle(this));
        PulseStream.Release(
            PulseContext.Subscribe(connection.Context, PulseContext.SinksAndServer, IntPtr.Zero, IntPtr.Zero));
    }

    /// <summary>Whether the server is still there.</summary>
    public bool IsAlive
    {
        get
        {
            using PulseConnection.Entrance entrance = _connection.Enter();
            return _connection.IsAlive;
        }
    }

    /// <summary>Begins to listen; null where there is no server.</summary>
    /// <param name="server">Its address, or null for the one libpulse finds.</param>
    /// <param name="application">The name the server sees.</param>
    /// <param name="changed">Called on libpulse's thread: must neither throw nor wait.</param>
    public static PulseWatch? Begin(string? server, string application, Action changed)
    {
        if ((!OperatingSystem.IsLinux() && !OperatingSystem.IsFreeBSD())
            || !NativeLibrary.TryLoad(PulseNative.Library, out _))
            return null;
        try
        {
            return new PulseWatch(new PulseConnection(server, application), changed);
        }
        catch (DeviceException)
        {
            return null;
        }
    }

    /// <summary>Listens no longer.</summary>
    public void Dispose() => _connection.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(IntPtr context, int what, uint index, IntPtr self)
    {
        // An exception that left a callback would end the process.
        try
        {
            (GCHandle.FromIntPtr(self).Target as PulseWatch)?._changed();
        }
        catch (Exception)
        {
            // Time tells as well, a little later.
        }
    }
}
