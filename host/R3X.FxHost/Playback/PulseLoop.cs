using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Playback;

/// <summary>libpulse's event loop on a thread of its own. Everything else of libpulse is called with its lock held, or
/// from its callbacks.</summary>
internal static partial class PulseLoop
{
    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_new")]
    public static partial IntPtr New();

    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_free")]
    public static partial void Free(IntPtr loop);

    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_start")]
    public static partial int Start(IntPtr loop);

    /// <summary>Ends the thread and waits for it; the lock must not be held.</summary>
    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_stop")]
    public static partial void Stop(IntPtr loop);

    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_lock")]
    public static partial void Lock(IntPtr loop);

    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_unlock")]
    public static partial void Unlock(IntPtr loop);

    [LibraryImport(PulseNative.Library, EntryPoint = "pa_threaded_mainloop_get_api")]
    public static partial IntPtr Interface(IntPtr loop);
}
