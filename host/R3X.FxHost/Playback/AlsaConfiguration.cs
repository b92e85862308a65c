using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>
/// Asks ALSA what PortAudio 19.6 forgets to ask: on a machine whose ALSA knows no device called <c>default</c> (a bare
/// container without ALSA's configuration) PortAudio ends the whole process with an assertion.
/// </summary>
internal static unsafe class AlsaConfiguration
{
    /// <summary>Whether PortAudio can be started; always true where there is no ALSA.</summary>
    public static bool HasDefaultDevice()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libasound.so.2", out IntPtr alsa))
            return true;
        if (!NativeLibrary.TryGetExport(alsa, "snd_config_update", out IntPtr update)
            || !NativeLibrary.TryGetExport(alsa, "snd_config_search", out IntPtr search)
            || !NativeLibrary.TryGetExport(alsa, "snd_config", out IntPtr top))
        {
            return true;
        }

        if (((delegate* unmanaged[Cdecl]<int>)update)() < 0 || *(IntPtr*)top == IntPtr.Zero)
            return false;
        IntPtr found;
        fixed (byte* name = "pcm.default\0"u8)
            return ((delegate* unmanaged[Cdecl]<IntPtr, byte*, IntPtr*, int>)search)(*(IntPtr*)top, name, &found) == 0;
    }
}
