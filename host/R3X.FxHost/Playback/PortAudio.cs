using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace R3X.FxHost.Playback;

/// <summary>
/// PortAudio's functions, found by name because the file is called differently on every platform. One instance is one
/// use of the library; its device list is as old as the first use that is still open.
/// </summary>
internal sealed unsafe class PortAudio : IDisposable
{
    public const int UnanticipatedHostError = -9999;
    public const int InvalidChannelCount = -9998;
    public const uint Float32 = 1;

    // Pa_Initialize and Pa_Terminate count uses but are not safe against each other.
    private static readonly Lock Gate = new();

    private readonly delegate* unmanaged[Cdecl]<int, IntPtr> _errorText;
    private readonly delegate* unmanaged[Cdecl]<PortAudioHostError*> _hostError;
    private readonly delegate* unmanaged[Cdecl]<int> _terminate;
    private readonly delegate* unmanaged[Cdecl]<int, PortAudioHost*> _host;
    private readonly delegate* unmanaged[Cdecl]<int, PortAudioDeviceInfo*> _device;
    private bool _disposed;

    private PortAudio(IntPtr library)
    {
        _errorText = (delegate* unmanaged[Cdecl]<int, IntPtr>)NativeLibrary.GetExport(library, "Pa_GetErrorText");
        _hostError = (delegate* unmanaged[Cdecl]<PortAudioHostError*>)NativeLibrary.GetExport(
            library, "Pa_GetLastHostErrorInfo");
        _terminate = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "Pa_Terminate");
        _host = (delegate* unmanaged[Cdecl]<int, PortAudioHost*>)NativeLibrary.GetExport(library, "Pa_GetHostApiInfo");
        _device = (delegate* unmanaged[Cdecl]<int, PortAudioDeviceInfo*>)NativeLibrary.GetExport(
            library, "Pa_GetDeviceInfo");
        HostCount = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "Pa_GetHostApiCount");
        DeviceCount = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "Pa_GetDeviceCount");
        OpenStream = (
            delegate* unmanaged[Cdecl]<IntPtr*, PortAudioParameters*, PortAudioParameters*, double, CULong, CULong,
            delegate* unmanaged[Cdecl]<float*, float*, CULong, PortAudioTimes*, CULong, IntPtr, int>, IntPtr,
                int>)NativeLibrary.GetExport(library, "Pa_OpenStream");
        OnFinished = (delegate* unmanaged[Cdecl]<IntPtr, delegate* unmanaged[Cdecl]<IntPtr, void>,
            int>)NativeLibrary.GetExport(library, "Pa_SetStreamFinishedCallback");
        StreamInfo = (delegate* unmanaged[Cdecl]<IntPtr, PortAudioStreamInfo*>)NativeLibrary.GetExport(
            library, "Pa_GetStreamInfo");
        StreamTime = (delegate* unmanaged[Cdecl]<IntPtr, double>)NativeLibrary.GetExport(library, "Pa_GetStreamTime");
        StartStream = (delegate* unmanaged[Cdecl]<IntPtr, int>)NativeLibrary.GetExport(library, "Pa_StartStream");
        AbortStream = (delegate* unmanaged[Cdecl]<IntPtr, int>)NativeLibrary.GetExport(library, "Pa_AbortStream");
        CloseStream = (delegate* unmanaged[Cdecl]<IntPtr, int>)NativeLibrary.GetExport(library, "Pa_CloseStream");
    }

    /// <summary>What the library is called here; Homebrew's folders are not among those that are searched.</summary>
    public static IReadOnlyList<string> LibraryNames { get; } =
        OperatingSystem.IsMacOS()
            ? ["libportaudio.2.dylib", "/opt/homebrew/lib/libportaudio.2.dylib", "/usr/local/lib/libportaudio.2.dylib"]
        : ["libportaudio.so.2"];

    public delegate* unmanaged[Cdecl]<int> HostCount { get; }

    public delegate* unmanaged[Cdecl]<int> DeviceCount { get; }

    public delegate* unmanaged[Cdecl]<IntPtr*, PortAudioParameters*, PortAudioParameters*, double, CULong, CULong,
        delegate* unmanaged[Cdecl]<float*, float*, CULong, PortAudioTimes*, CULong, IntPtr, int>, IntPtr,
            int> OpenStream { get; }

    public delegate* unmanaged[Cdecl]<IntPtr, delegate* unmanaged[Cdecl]<IntPtr, void>, int> OnFinished { get; }

    public delegate* unmanaged[Cdecl]<IntPtr, PortAudioStreamInfo*> StreamInfo { get; }

    public delegate* unmanaged[Cdecl]<IntPtr, double> StreamTime { get; }

    public delegate* unmanaged[Cdecl]<IntPtr, int> StartStream { get; }

    public delegate* unmanaged[Cdecl]<IntPtr, int> AbortStream { get; }

    public delegate* unmanaged[Cdecl]<IntPtr, int> CloseStream { get; }

    /// <summary>Loads and initialises the library; 35 to 110 ms the first time. Dispose to let it go.</summary>
    /// <exception cref="DeviceException">It is missing or refuses; the message is the reason alone.</exception>
    public static PortAudio Use()
    {
        if (!NativeAudioLibraries.TryLoad(LibraryNames, out IntPtr library, out _))
            throw new DeviceException($"{LibraryNames[0]} is not installed");
        PortAudio use;
        try
        {
            use = new PortAudio(library);
        }
        catch (EntryPointNotFoundException e)
        {
            throw new DeviceException($"{LibraryNames[0]} is not PortAudio 19: {e.Message}", e);
        }

        var initialize = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "Pa_Initialize");
        lock (Gate)
        {
            using var quiet = new QuietAlsa();
            if (!AlsaConfiguration.HasDefaultDevice())
                throw new DeviceException(
                    "ALSA has no default device; its configuration is missing (Debian: libasound2-data)");
            int error = initialize();
            return error == 0 ? use : throw new DeviceException($"it does not start ({use.Reason(error)})");
        }
    }

    /// <summary>The library's own words for an error.</summary>
    public string Reason(int error)
    {
        if (error == UnanticipatedHostError)
        {
            PortAudioHostError* host = _hostError();
            string? text = host == null ? null : Marshal.PtrToStringUTF8(host->Text);
            if (!string.IsNullOrEmpty(text))
                return text;
        }

        return Marshal.PtrToStringUTF8(_errorText(error)) ?? $"error {error}";
    }

    /// <summary>A host API by its index.</summary>
    public PortAudioHost* Host(int index) => _host(index);

    /// <summary>A device by its index.</summary>
    public PortAudioDeviceInfo* Device(int index) => _device(index);

    /// <summary>Ends this use.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _ = _terminate();
        }
    }
}

/// <summary>PaHostApiInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioHost
{
    public int Version;
    public int Type;
    public IntPtr Name;
    public int DeviceCount;
    public int DefaultInput;
    public int DefaultOutput;
}

/// <summary>PaDeviceInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioDeviceInfo
{
    public int Version;
    public IntPtr Name;
    public int Host;
    public int InputChannels;
    public int OutputChannels;
    public double LowInputLatency;
    public double LowOutputLatency;
    public double HighInputLatency;
    public double HighOutputLatency;
    public double SampleRate;
}

/// <summary>PaStreamParameters.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioParameters
{
    public int Device;
    public int Channels;
    public CULong SampleFormat;
    public double Latency;
    public IntPtr HostSpecific;
}

/// <summary>PaStreamInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioStreamInfo
{
    public int Version;
    public double InputLatency;
    public double OutputLatency;
    public double SampleRate;
}

/// <summary>PaStreamCallbackTimeInfo, in seconds of the stream's clock.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioTimes
{
    public double InputHeard;
    public double Now;
    public double OutputHeard;
}

/// <summary>PaHostErrorInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioHostError
{
    public int Host;
    public CLong Code;
    public IntPtr Text;
}
