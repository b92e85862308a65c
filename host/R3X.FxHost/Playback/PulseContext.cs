using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>The part of libpulse's asynchronous interface that asks a server what it has.</summary>
internal static unsafe partial class PulseContext
{
    private const string Library = PulseNative.Library;

    /// <summary>Connect only to a server that runs: asking for loudspeakers must not start a daemon.</summary>
    public const int NoAutospawn = 1;

    public const int Ready = 4;
    public const int Failed = 5;
    public const int Terminated = 6;
    public const int OperationRunning = 0;
    public const int TimedOut = 8;

    [LibraryImport(Library, EntryPoint = "pa_get_library_version")]
    public static partial IntPtr LibraryVersion();

    [LibraryImport(Library, EntryPoint = "pa_mainloop_new")]
    public static partial IntPtr NewLoop();

    [LibraryImport(Library, EntryPoint = "pa_mainloop_free")]
    public static partial void FreeLoop(IntPtr loop);

    [LibraryImport(Library, EntryPoint = "pa_mainloop_get_api")]
    public static partial IntPtr LoopInterface(IntPtr loop);

    /// <summary>Starts a turn of the loop that waits this many microseconds at most.</summary>
    [LibraryImport(Library, EntryPoint = "pa_mainloop_prepare")]
    public static partial int Prepare(IntPtr loop, int microseconds);

    [LibraryImport(Library, EntryPoint = "pa_mainloop_poll")]
    public static partial int Poll(IntPtr loop);

    [LibraryImport(Library, EntryPoint = "pa_mainloop_dispatch")]
    public static partial int Dispatch(IntPtr loop);

    [LibraryImport(Library, EntryPoint = "pa_context_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr New(IntPtr loopInterface, string name);

    [LibraryImport(Library, EntryPoint = "pa_context_connect", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(IntPtr context, string? server, int flags, IntPtr spawn);

    [LibraryImport(Library, EntryPoint = "pa_context_disconnect")]
    public static partial void Disconnect(IntPtr context);

    [LibraryImport(Library, EntryPoint = "pa_context_unref")]
    public static partial void Free(IntPtr context);

    [LibraryImport(Library, EntryPoint = "pa_context_get_state")]
    public static partial int State(IntPtr context);

    [LibraryImport(Library, EntryPoint = "pa_context_errno")]
    public static partial int Error(IntPtr context);

    [LibraryImport(Library, EntryPoint = "pa_context_get_server")]
    public static partial IntPtr Server(IntPtr context);

    [LibraryImport(Library, EntryPoint = "pa_context_get_server_info")]
    public static partial IntPtr AskServer(IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, PulseServerInfo*, IntPtr, void> answer, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_sink_info_list")]
    public static partial IntPtr AskSinks(IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, PulseSinkInfo*, int, IntPtr, void> answer, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_operation_get_state")]
    public static partial int OperationState(IntPtr operation);

    [LibraryImport(Library, EntryPoint = "pa_operation_cancel")]
    public static partial void CancelOperation(IntPtr operation);

    [LibraryImport(Library, EntryPoint = "pa_operation_unref")]
    public static partial void FreeOperation(IntPtr operation);
}

/// <summary>The first fields of pa_server_info; the library owns it and it is only read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseServerInfo
{
    public IntPtr UserName;
    public IntPtr HostName;
    public IntPtr ServerVersion;
    public IntPtr ServerName;
    public PulseSampleSpec Format;
    public IntPtr DefaultSinkName;
}

/// <summary>The first fields of pa_sink_info; the library owns it and it is only read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseSinkInfo
{
    public IntPtr Name;
    public uint Index;
    public IntPtr Description;
    public PulseSampleSpec Format;
    public PulseChannelMap Map;
}
