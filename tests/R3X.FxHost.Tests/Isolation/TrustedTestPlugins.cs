using System;
using System.IO;
using System.Runtime.CompilerServices;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>
/// The tests' user: a state folder of its own, in which the test plugins are trusted. So they run in the hosts' own
/// processes, those of the command and the server included, unless a test says otherwise.
/// </summary>
internal static class TrustedTestPlugins
{
    [ModuleInitializer]
    internal static void Make()
    {
        string state = Directory.CreateTempSubdirectory("r3x-test-state-").FullName;
        Environment.SetEnvironmentVariable("R3X_STATE", state);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(state, recursive: true);
        string plugins = Repository.PathOf("artifacts", "test-plugins");
        if (!Directory.Exists(plugins))
            return;
        var trusted = new TrustedPlugins(state);
        foreach (string folder in Directory.EnumerateDirectories(plugins))
        {
            string name = Path.GetFileName(folder);
            if (File.Exists(Path.Combine(folder, name + ".dll")))
                trusted.Add(PluginHash.Of(Path.Combine(folder, name + ".dll"), ownsFolder: true), name, folder);
        }
    }
}
