using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>
/// Keeps a stream where it belongs: on the default sink as that changes, where the server does not see to it, or on the
/// sink that was named, once that is back. What somebody moved by hand stays there.
/// </summary>
internal sealed unsafe class PulseFollowing
{
    private readonly PulseConnection _connection;
    private readonly PulseStream _stream;
    private readonly string? _named;
    private readonly IntPtr _self;
    private string _default;

    /// <summary>Begins to follow.</summary>
    /// <param name="connection">The stream's connection, not entered.</param>
    /// <param name="stream">The stream; outlives this.</param>
    /// <param name="named">The sink it belongs to, or null for the default one.</param>
    /// <param name="defaultSink">The default sink now.</param>
    public PulseFollowing(PulseConnection connection, PulseStream stream, string? named, string defaultSink)
    {
        _connection = connection;
        _stream = stream;
        _named = named;
        _default = defaultSink;
        _self = connection.Handle(this);
        using PulseConnection.Entrance entrance = connection.Enter();
        PulseContext.OnEvent(connection.Context, &OnEvent, _self);
        PulseStream.Release(
            PulseContext.Subscribe(connection.Context, PulseContext.SinksAndServer, IntPtr.Zero, IntPtr.Zero));
    }

    private void Heard(int what)
    {
        int facility = what & PulseContext.EventFacility;
        if (_named is null && facility == PulseContext.EventOnServer)
        {
            IntPtr asked = PulseContext.AskServer(_connection.Context, &OnServer, _self);
            if (asked != IntPtr.Zero)
                PulseContext.FreeOperation(asked);
        }
        else if (_named is not null && _named != _stream.Sink && facility == PulseContext.EventOnSink
            && (what & PulseContext.EventKind) == PulseContext.EventNew)
        {
            // Refused when it is another sink that came.
            Move(_named);
        }
    }

    private void DefaultIs(string name)
    {
        string before = _default;
        _default = name;
        if (name.Length > 0 && name != _stream.Sink && _stream.Sink == before)
            Move(name);
    }

    private void Move(string sink)
    {
        IntPtr asked = PulseContext.Move(_connection.Context, _stream.Index, sink, IntPtr.Zero, IntPtr.Zero);
        if (asked != IntPtr.Zero)
            PulseContext.FreeOperation(asked);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(IntPtr context, int what, uint index, IntPtr self)
    {
        // An exception that left a callback would end the process.
        try
        {
            (GCHandle.FromIntPtr(self).Target as PulseFollowing)?.Heard(what);
        }
        catch (Exception)
        {
            // The sound stays where it is.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnServer(IntPtr context, PulseServerInfo* info, IntPtr self)
    {
        try
        {
            if (info != null)
                (GCHandle.FromIntPtr(self).Target as PulseFollowing)?.DefaultIs(
                    Marshal.PtrToStringUTF8(info->DefaultSinkName) ?? string.Empty);
        }
        catch (Exception)
        {
            // The sound stays where it is.
        }
    }
}
