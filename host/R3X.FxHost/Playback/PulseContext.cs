using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>libpulse's connection to a server: asks what it has, hears of changes, moves streams.</summary>
internal static unsafe partial class PulseContext
{
    private const string Library = PulseNative.Library;

    /// <summary>Connect only to a server that runs: asking for loudspeakers must not start a daemon.</summary>
    public const int NoAutospawn = 1;

    public const int Ready = 4;
    public const int Failed = 5;
    public const int Terminated = 6;
    public const int OperationRunning = 0;

    /// <summary>Of what may change: sinks, and the server itself, whose default sink is its own.</summary>
    public const int SinksAndServer = 0x81;

    /// <summary>The kind of thing an event is about.</summary>
    public const int EventFacility = 0x0f;

    /// <summary>What happened to it.</summary>
    public const int EventKind = 0x30;

    public const int EventOnSink = 0;
    public const int EventOnServer = 7;
    public const int EventNew = 0;

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
    public static partial IntPtr AskServer(
        IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, PulseServerInfo*, IntPtr, void> answer, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_sink_info_list")]
    public static partial IntPtr AskSinks(
        IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, PulseSinkInfo*, int, IntPtr, void> answer, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_set_state_callback")]
    public static partial void OnState(
        IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> changed, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_set_subscribe_callback")]
    public static partial void OnEvent(
        IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, int, uint, IntPtr, void> happened, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_subscribe")]
    public static partial IntPtr Subscribe(IntPtr context, int mask, IntPtr done, IntPtr user);

    [LibraryImport(
        Library, EntryPoint = "pa_context_move_sink_input_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr Move(IntPtr context, uint stream, string sink, IntPtr done, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_load_module", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr LoadModule(
        IntPtr context, string name, string arguments,
        delegate* unmanaged[Cdecl]<IntPtr, uint, IntPtr, void> done, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_unload_module")]
    public static partial IntPtr UnloadModule(
        IntPtr context, uint module, delegate* unmanaged[Cdecl]<IntPtr, int, IntPtr, void> done, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_suspend_sink_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr SuspendSink(
        IntPtr context, string sink, int suspend,
        delegate* unmanaged[Cdecl]<IntPtr, int, IntPtr, void> done, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_context_get_source_output_info_list")]
    public static partial IntPtr AskRecorders(
        IntPtr context, delegate* unmanaged[Cdecl]<IntPtr, PulseRecorderInfo*, int, IntPtr, void> answer, IntPtr user);

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
    public uint Module;
    public PulseVolume Volume;
    public int Mute;
    public uint Monitor;
    public IntPtr MonitorName;
    public ulong Latency;
    public IntPtr Driver;
    public int Flags;
    public IntPtr Properties;

    /// <summary>Microseconds; 0 while nobody plays.</summary>
    public ulong ConfiguredLatency;
}

/// <summary>The first fields of pa_source_output_info, a stream that records.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseRecorderInfo
{
    public uint Index;
    public IntPtr Name;
    public uint Module;
    public uint Client;
    public uint Source;
}

/// <summary>pa_cvolume.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseVolume
{
    public byte Channels;
    public PulsePositions Values;
}
