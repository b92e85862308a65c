using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Cli;

/// <summary>
/// How many files may be open at once. The runtime keeps some seventy of its own open, and ends in the middle of
/// anything when it may not.
/// </summary>
internal static partial class OpenFiles
{
    private const int Needed = 128;
    private const int StandardError = 2;

    /// <summary>Sees whether they are enough, and says so when not, without opening anything for it.</summary>
    public static bool AreEnough()
    {
        if (OperatingSystem.IsWindows())
            return true;
        int resource = OperatingSystem.IsMacOS() ? 8 : 7;
        if (GetLimit(resource, out Limit limit) != 0 || limit.Now >= Needed)
            return true;
        var raised = new Limit { Now = Math.Min(limit.Most, Needed), Most = limit.Most };
        if (limit.Most >= Needed && SetLimit(resource, in raised) == 0)
            return true;
        Span<byte> text = stackalloc byte[160];
        "r3x: Only "u8.CopyTo(text);
        ((ulong)limit.Now).TryFormat(text[10..], out int digits);
        ReadOnlySpan<byte> rest =
            " files may be open at once here, and at least 128 are needed. Say \"ulimit -n 1024\" first.\n"u8;
        rest.CopyTo(text[(10 + digits)..]);
        _ = Write(StandardError, ref MemoryMarshal.GetReference(text), 10 + digits + rest.Length);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int stream, ref byte bytes, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Now;
        public nuint Most;
    }
}
