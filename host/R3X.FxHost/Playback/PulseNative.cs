using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace R3X.FxHost.Playback;

/// <summary>libpulse-simple: one blocking stream. It locks its own main loop in every call, so calls may come from any thread.</summary>
internal static unsafe partial class PulseNative
{
    public const string Library = "libpulse.so.0";
    public const string SimpleLibrary = "libpulse-simple.so.0";

    /// <summary>32-bit float samples in this machine's byte order.</summary>
    public static readonly int Float32 = BitConverter.IsLittleEndian ? 5 : 6;

    public const int Playback = 1;

    [LibraryImport(SimpleLibrary, EntryPoint = "pa_simple_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial PulseStream Open(
        string? server,
        string name,
        int direction,
        string? device,
        string streamName,
        in PulseSampleSpec format,
        in PulseChannelMap map,
        in PulseBuffer buffer,
        out int error);

    [LibraryImport(SimpleLibrary, EntryPoint = "pa_simple_free")]
    public static partial void Close(IntPtr stream);

    [LibraryImport(SimpleLibrary, EntryPoint = "pa_simple_write")]
    public static partial int Write(PulseStream stream, float* samples, nuint bytes, out int error);

    [LibraryImport(SimpleLibrary, EntryPoint = "pa_simple_drain")]
    public static partial int Drain(PulseStream stream, out int error);

    [LibraryImport(SimpleLibrary, EntryPoint = "pa_simple_flush")]
    public static partial int Flush(PulseStream stream, out int error);

    /// <summary>Microseconds, or <see cref="ulong.MaxValue"/> when the stream is dead.</summary>
    [LibraryImport(SimpleLibrary, EntryPoint = "pa_simple_get_latency")]
    public static partial ulong Latency(PulseStream stream, out int error);

    [LibraryImport(Library, EntryPoint = "pa_strerror")]
    private static partial IntPtr StrError(int error);

    /// <summary>libpulse's own words for an error, as "Connection refused".</summary>
    public static string Reason(int error) => Marshal.PtrToStringUTF8(StrError(error)) ?? $"error {error}";
}

/// <summary>A pa_simple; counted, so that a flush on another thread never meets a freed stream.</summary>
internal sealed class PulseStream() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        PulseNative.Close(handle);
        return true;
    }
}

/// <summary>pa_sample_spec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseSampleSpec
{
    public int Format;
    public uint Rate;
    public byte Channels;
}

/// <summary>pa_channel_map.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseChannelMap
{
    public const int Mono = 0;
    public const int FrontLeft = 1;
    public const int FrontRight = 2;

    public byte Channels;
    public PulsePositions Positions;

    /// <summary>The same loudspeakers with front left and right first; the server finds each by its name, not its place.</summary>
    public readonly PulseChannelMap FrontFirst()
    {
        var sorted = default(PulseChannelMap);
        sorted.Channels = Channels;
        int next = 0;
        for (int rank = 0; rank < 3; rank++)
        {
            for (int i = 0; i < Channels; i++)
            {
                int position = Positions[i];
                int its = position == FrontLeft ? 0 : position == FrontRight ? 1 : 2;
                if (its == rank)
                    sorted.Positions[next++] = position;
            }
        }

        return sorted;
    }
}

/// <summary>pa_channel_position_t[32].</summary>
[InlineArray(32)]
internal struct PulsePositions
{
    private int _first;
}

/// <summary>pa_buffer_attr, in bytes; <see cref="uint.MaxValue"/> leaves a choice to the server.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PulseBuffer
{
    public uint MaxLength;
    public uint TargetLength;
    public uint Prebuffer;
    public uint MinimumRequest;
    public uint FragmentSize;
}
