using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// How long the calling thread has been running on a processor. A wall clock cannot tell an effect that works too long
/// from a machine that gave the thread no time.
/// </summary>
public static partial class ThreadProcessorTime
{
    private const int LinuxThreadClock = 3;
    private const int MacThreadClock = 16;

    /// <summary>
    /// The processor time of the calling thread; null where the system does not tell. A system call, 0.2 to 2
    /// microseconds: not for every block. Any thread, no allocation.
    /// </summary>
    public static TimeSpan? Now()
    {
        if (OperatingSystem.IsWindows())
            return GetThreadTimes(GetCurrentThread(), out _, out _, out long kernel, out long user)
                ? TimeSpan.FromTicks(kernel + user) : null;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            return ClockGetTime(OperatingSystem.IsLinux() ? LinuxThreadClock : MacThreadClock, out Time time) == 0
                ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
                : null;
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(
        nint thread, out long created, out long exited, out long kernel, out long user);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
