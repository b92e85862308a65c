using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace R3X.FxHost.Isolation;

/// <summary>How this same program is started once more as a worker.</summary>
internal static class WorkerProgram
{
    /// <summary>Tells a worker where its host listens.</summary>
    public const string Variable = "R3X_WORKER";

    /// <summary>Names the assembly with the <see cref="StartupHook"/>.</summary>
    public const string HookVariable = "DOTNET_STARTUP_HOOKS";

    // Of what a worker may take, this much is the runtime's own: code, stacks, the libraries it maps.
    private const double RuntimeMegabytes = 64;
    private const double LeastHeapMegabytes = 32;

    /// <summary>What its heap may hold, in MB, within a limit on all of its memory.</summary>
    public static double HeapMegabytes(WorkerLimits limits) =>
        Math.Max(LeastHeapMegabytes, limits.MemoryMegabytes - RuntimeMegabytes);

    /// <summary>Starts one.</summary>
    /// <param name="address">Where the host listens.</param>
    /// <param name="limits">What it may take.</param>
    /// <exception cref="IOException">This program cannot be started again.</exception>
    public static Process Start(WorkerAddress address, WorkerLimits limits)
    {
        if (AppContext.TryGetSwitch("System.StartupHookProvider.IsSupported", out bool hooks) && !hooks)
        {
            throw new IOException("This program switches start-up hooks off, which workers need. "
                + "Take StartupHookSupport=false out of its project, or set FxHostOptions.Isolation to None.");
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
            throw new IOException($"This process was itself started as a worker ({Variable} is set). Unset it.");
        string program = Environment.ProcessPath
            ?? throw new IOException("The system does not tell which program this is, so it cannot be started again.");
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Started as "dotnet program.dll".
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        long heap = (long)(HeapMegabytes(limits) * 1024 * 1024);
        start.Environment[HookVariable] = typeof(WorkerProgram).Assembly.GetName().Name;
        start.Environment[Variable] = address.ToString();
        start.Environment["DOTNET_GCHeapHardLimit"] = heap.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        // Neither a socket for debuggers nor a dump is left behind by one that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            return Process.Start(start) ?? throw new IOException($"{program} could not be started again.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{program} could not be started again: {e.Message}", e);
        }
    }
}
