using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Tests;

/// <summary>
/// The tests' user: what lasts goes to a folder of its own, deleted at the end, and the test plugins are trusted, so
/// that they run in the hosts' own processes, those of the command and the server included.
/// </summary>
internal static class TestState
{
    [ModuleInitializer]
    internal static void Begin()
    {
        // Checks load this assembly once more, to see it leave memory.
        if (AssemblyLoadContext.GetLoadContext(typeof(TestState).Assembly) != AssemblyLoadContext.Default)
            return;
        string folder = Directory.CreateTempSubdirectory("r3x-state-").FullName;
        Environment.SetEnvironmentVariable("R3X_STATE", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        };
        string plugins = Repository.PathOf("artifacts", "test-plugins");
        if (Directory.Exists(plugins))
            PluginTrust.Trust(plugins, out _);
    }
}
