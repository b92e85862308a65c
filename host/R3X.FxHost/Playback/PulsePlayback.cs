using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>A pa_stream that plays.</summary>
internal static unsafe partial class PulsePlayback
{
    private const string Library = PulseNative.Library;

    public const int InterpolateTiming = 0x0002;
    public const int AutoTimingUpdate = 0x0008;
    public const int DontMove = 0x0200;

    /// <summary>
    /// The sink holds one request and no more, whatever the buffer: the rest stays where it can be taken back.
    /// </summary>
    public const int EarlyRequests = 0x4000;

    public const int Ready = 2;
    public const int Failed = 3;
    public const int Terminated = 4;

    /// <summary>What <see cref="Room"/> says of a stream that is dead.</summary>
    public static readonly nuint Nothing = nuint.MaxValue;

    [LibraryImport(Library, EntryPoint = "pa_stream_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr New(IntPtr context, string name, in PulseSampleSpec format, in PulseChannelMap map);

    [LibraryImport(Library, EntryPoint = "pa_stream_connect_playback", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(
        IntPtr stream, string? sink, in PulseBuffer buffer, int flags, IntPtr volume, IntPtr synchronous);

    [LibraryImport(Library, EntryPoint = "pa_stream_disconnect")]
    public static partial int Disconnect(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_unref")]
    public static partial void Free(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_get_state")]
    public static partial int State(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_is_suspended")]
    public static partial int IsSuspended(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_get_index")]
    public static partial uint Index(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_get_device_name")]
    public static partial IntPtr DeviceName(IntPtr stream);

    /// <summary>Asks for another buffer.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_set_buffer_attr")]
    public static partial IntPtr Resize(IntPtr stream, in PulseBuffer buffer, IntPtr done, IntPtr user);

    /// <summary>Bytes the server waits for.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_writable_size")]
    public static partial nuint Room(IntPtr stream);

    /// <summary>Copies bytes to the server; a negative offset from where the last write ended puts them in place of
    /// others.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_write")]
    public static partial int Write(IntPtr stream, void* samples, nuint bytes, IntPtr free, long offset, int seek);

    [LibraryImport(Library, EntryPoint = "pa_stream_flush")]
    public static partial IntPtr Flush(IntPtr stream, IntPtr done, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_drain")]
    public static partial IntPtr Drain(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, int, IntPtr, void> done, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_update_timing_info")]
    public static partial IntPtr AskTiming(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, int, IntPtr, void> done, IntPtr user);

    /// <summary>What the server last told, brought up to date with what was written since; null before it told
    /// anything.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_get_timing_info")]
    public static partial PulseTimingInfo* Timing(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_state_callback")]
    public static partial void OnState(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> changed, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_write_callback")]
    public static partial void OnRoom(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, nuint, IntPtr, void> wanted, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_latency_update_callback")]
    public static partial void OnTiming(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> told, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_underflow_callback")]
    public static partial void OnUnderflow(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> ranOut, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_started_callback")]
    public static partial void OnStarted(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> started, IntPtr user);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_moved_callback")]
    public static partial void OnMoved(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, IntPtr, void> moved, IntPtr user);

    /// <summary>The clock that pa_timing_info's timestamps are of.</summary>
    [LibraryImport(Library, EntryPoint = "pa_gettimeofday")]
    public static partial IntPtr Now(out PulseTime now);
}

/// <summary>struct timeval.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseTime
{
    public long Seconds;
    public long Microseconds;

    public static TimeSpan operator -(PulseTime later, PulseTime earlier) =>
        TimeSpan.FromMicroseconds(
            ((later.Seconds - earlier.Seconds) * 1_000_000) + later.Microseconds - earlier.Microseconds);
}

/// <summary>pa_timing_info; indices in bytes, times in microseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseTimingInfo
{
    public PulseTime Timestamp;
    public int SynchronizedClocks;
    public ulong Sink;
    public ulong Source;
    public ulong Transport;
    public int Playing;
    public int WriteIndexCorrupt;
    public long WriteIndex;
    public int ReadIndexCorrupt;
    public long ReadIndex;
    public ulong ConfiguredSink;
    public ulong ConfiguredSource;
    public long SinceUnderrun;
}
