using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Playback;

/// <summary>Which of the native libraries the host can use are on this machine: the facts behind <c>r3x
/// doctor</c>.</summary>
public static unsafe class NativeAudioLibraries
{
    /// <summary>Looks for each library this platform uses. Takes a few milliseconds; opens no device and starts
    /// nothing.</summary>
    public static IReadOnlyList<NativeAudioLibrary> Probe()
    {
        var found = new List<NativeAudioLibrary>();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD())
        {
            found.Add(Look(
                "libpulse", "sound through PulseAudio or PipeWire", [PulseNative.Library], "pa_get_library_version",
                    InstallLines.Pulse));
            found.Add(Look(
                "PortAudio", "sound where neither PulseAudio nor PipeWire runs", PortAudio.LibraryNames,
                    "Pa_GetVersionText", InstallLines.PortAudio));
        }
        else if (!OperatingSystem.IsWindows())
        {
            found.Add(Look("PortAudio", "sound from a loudspeaker", PortAudio.LibraryNames, "Pa_GetVersionText",
                InstallLines.PortAudio));
        }

        found.Add(Look(
            "libmpg123", "MP3 input", NativeCodec.Mpg123.FileNames, "mpg123_distversion", InstallLines.Mpg123));
        found.Add(Look(
            "libmp3lame", "MP3 output", NativeCodec.Lame.FileNames, "get_lame_version", NativeCodec.Lame.Install));
        return found;
    }

    /// <summary>Loads the first of several names that can be loaded.</summary>
    /// <param name="names">File names, or whole paths.</param>
    /// <param name="handle">The library.</param>
    /// <param name="name">The name that worked.</param>
    internal static bool TryLoad(IReadOnlyList<string> names, out IntPtr handle, out string name)
    {
        foreach (string candidate in names)
        {
            if (NativeLibrary.TryLoad(candidate, typeof(NativeAudioLibraries).Assembly, null, out handle))
            {
                name = candidate;
                return true;
            }
        }

        handle = IntPtr.Zero;
        name = string.Empty;
        return false;
    }

    private static NativeAudioLibrary Look(
        string name, string purpose, IReadOnlyList<string> names, string? versionCall, string installLine)
    {
        if (!TryLoad(names, out IntPtr handle, out string loaded))
            return new NativeAudioLibrary(name, purpose, null, null, installLine);

        string? version = null;
        if (versionCall == "mpg123_distversion")
            version = Mpg123Version(handle);
        else if (versionCall is not null && NativeLibrary.TryGetExport(handle, versionCall, out IntPtr call))
            version = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<IntPtr>)call)());
        return new NativeAudioLibrary(name, purpose, PathOf(loaded), version, installLine);
    }

    private static string? Mpg123Version(IntPtr handle) =>
        NativeLibrary.TryGetExport(handle, "mpg123_distversion", out IntPtr call)
            ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<uint*, uint*, uint*, IntPtr>)call)(null, null, null))
            : null;

    // The loader was given a bare name; the process knows which file that turned out to be.
    private static string PathOf(string loaded)
    {
        if (Path.IsPathRooted(loaded))
            return loaded;
        using var self = Process.GetCurrentProcess();
        foreach (ProcessModule module in self.Modules)
        {
            using (module)
            {
                string file = module.FileName;
                if (Path.GetFileName(file).StartsWith(loaded, StringComparison.OrdinalIgnoreCase))
                    return file;
            }
        }

        return loaded;
    }
}
