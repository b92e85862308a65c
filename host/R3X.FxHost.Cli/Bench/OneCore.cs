using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Numerics;

namespace R3X.FxHost.Cli.Bench;

/// <summary>
/// Keeps the thread that made it, and the programs it starts, on one processor core, so that every program has the
/// same: the last core this process may use, since the system's own work tends to be on the first.
/// </summary>
internal sealed class OneCore : IDisposable
{
    private readonly nint _before;

    public OneCore()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using Process self = Process.GetCurrentProcess();
        try
        {
            nint allowed = self.ProcessorAffinity;
            int last = BitOperations.Log2((nuint)allowed);
            self.ProcessorAffinity = (nint)1 << last;
            _before = allowed;
            Core = last;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // Not allowed here; everything is measured wherever the system puts it.
        }
    }

    /// <summary>Which core; null where the system does not allow it.</summary>
    public int? Core { get; }

    public void Dispose()
    {
        if (Core is null || (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()))
            return;
        using Process self = Process.GetCurrentProcess();
        self.ProcessorAffinity = _before;
    }
}
