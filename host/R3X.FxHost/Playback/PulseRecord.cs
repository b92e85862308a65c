using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>What a pa_stream that records has beyond one that plays.</summary>
internal static unsafe partial class PulseRecord
{
    private const string Library = PulseNative.Library;

    /// <summary>The source delivers as often as the fragments ask for.</summary>
    public const int AdjustLatency = 0x2000;

    [LibraryImport(Library, EntryPoint = "pa_stream_connect_record", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(IntPtr stream, string source, in PulseBuffer buffer, int flags);

    /// <summary>Gives what came first without taking it; no samples but a length stand for a hole.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_peek")]
    public static partial int Peek(IntPtr stream, out float* samples, out nuint bytes);

    /// <summary>Takes what was given.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_drop")]
    public static partial int Drop(IntPtr stream);

    /// <summary>Bytes that wait.</summary>
    [LibraryImport(Library, EntryPoint = "pa_stream_readable_size")]
    public static partial nuint Waiting(IntPtr stream);

    [LibraryImport(Library, EntryPoint = "pa_stream_set_read_callback")]
    public static partial void OnFrames(
        IntPtr stream, delegate* unmanaged[Cdecl]<IntPtr, nuint, IntPtr, void> came, IntPtr user);
}
