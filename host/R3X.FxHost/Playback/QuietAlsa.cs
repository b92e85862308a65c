using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>
/// Keeps ALSA and JACK from writing some eighty lines about devices that are not there while PortAudio looks for those
/// that are. ALSA is hushed on this thread alone, JACK by its own handlers; standard error itself stays everybody's.
/// </summary>
internal sealed unsafe partial class QuietAlsa : IDisposable
{
    private readonly bool _alsa;

    /// <summary>Silences this thread until disposed on it.</summary>
    public QuietAlsa()
    {
        if (!OperatingSystem.IsLinux())
            return;
        if (NativeLibrary.TryLoad("libasound.so.2", out _))
        {
            _ = SetAlsaHandler(&OnAlsaError);
            _alsa = true;
        }

        if (NativeLibrary.TryLoad("libjack.so.0", out IntPtr jack))
        {
            SilenceJack(jack, "jack_set_error_function");
            SilenceJack(jack, "jack_set_info_function");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_alsa)
            _ = SetAlsaHandler(null);
    }

    /// <summary>Silences ALSA on the calling thread for good: PortAudio's own, which reports every underrun to the
    /// terminal.</summary>
    public static void SilenceThisThread()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libasound.so.2", out _))
            _ = SetAlsaHandler(&OnAlsaError);
    }

    private static void SilenceJack(IntPtr jack, string function)
    {
        if (NativeLibrary.TryGetExport(jack, function, out IntPtr set))
            ((delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<IntPtr, void>, void>)set)(&OnJackMessage);
    }

    [LibraryImport("libasound.so.2", EntryPoint = "snd_lib_error_set_local")]
    private static partial IntPtr SetAlsaHandler(
        delegate* unmanaged[Cdecl]<IntPtr, int, IntPtr, int, IntPtr, IntPtr, void> handler);

    // file, line, function, error, format, va_list: the last is passed as a pointer on the platforms that have ALSA.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAlsaError(IntPtr file, int line, IntPtr function, int error, IntPtr format, IntPtr arguments)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnJackMessage(IntPtr message)
    {
    }
}
