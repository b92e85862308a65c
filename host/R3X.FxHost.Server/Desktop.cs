using System;
using System.ComponentModel;
using System.Diagnostics;

namespace R3X.FxHost.Server;

/// <summary>The desktop this program was started on, if any.</summary>
internal static class Desktop
{
    // In a session of its own, as Ctrl-C here is not meant for a browser that this begins; and what that says of itself
    // is nobody's business here.
    private const string Detached = "exec setsid --fork xdg-open \"$1\" >/dev/null 2>&1 </dev/null";

    /// <summary>Opens an address in the desktop's browser. Where there is none nothing happens: the address is printed
    /// as well.</summary>
    /// <param name="address">An http address.</param>
    public static void Open(string address)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
            else if (OperatingSystem.IsMacOS())
                Process.Start("open", [address]).Dispose();
            else if (IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY"))
                Process.Start("sh", ["-c", Detached, "sh", address]).Dispose();
        }
        catch (Win32Exception)
        {
        }
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
