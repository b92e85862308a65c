using System;
using System.Diagnostics.CodeAnalysis;
using R3X.FxHost.Isolation;

/// <summary>
/// Runs in front of a program's Main where DOTNET_STARTUP_HOOKS names this assembly. A worker is the host's own
/// program, started once more with that; in every other process it does nothing.
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for this name, outside any namespace.")]
[SuppressMessage("Performance", "CA1812", Justification = "The runtime calls it.")]
internal sealed class StartupHook
{
    private StartupHook()
    {
    }

    /// <summary>Called by the runtime. Does not return in a worker.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(WorkerProgram.Variable) is not { Length: > 0 } address)
            return;
        // A program that the plugin starts is no worker.
        Environment.SetEnvironmentVariable(WorkerProgram.Variable, null);
        Environment.SetEnvironmentVariable(WorkerProgram.HookVariable, null);
        Worker.Run(WorkerAddress.Parse(address));
    }
}
