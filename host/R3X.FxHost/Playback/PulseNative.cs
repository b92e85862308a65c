using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>What every part of libpulse shares.</summary>
internal static partial class PulseNative
{
    public const string Library = "libpulse.so.0";

    /// <summary>32-bit float samples in this machine's byte order.</summary>
    public static readonly int Float32 = BitConverter.IsLittleEndian ? 5 : 6;

    [LibraryImport(Library, EntryPoint = "pa_strerror")]
    private static partial IntPtr StrError(int error);

    [LibraryImport(Library, EntryPoint = "pa_channel_map_init_extend")]
    private static partial IntPtr Standard(out PulseChannelMap map, uint channels, int kind);

    /// <summary>libpulse's own words for an error, as "Connection refused".</summary>
    public static string Reason(int error) => Marshal.PtrToStringUTF8(StrError(error)) ?? $"error {error}";

    /// <summary>So many loudspeakers in the order PulseAudio gives them by default, which is AIFF's: front left and
    /// right first.</summary>
    public static PulseChannelMap StandardMap(int channels)
    {
        _ = Standard(out PulseChannelMap map, (uint)channels, 0);
        return map;
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

    /// <summary>The same loudspeakers with front left and right first; the server finds each by its name, not its
    /// place.</summary>
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
