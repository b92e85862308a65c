using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Tests;

/// <summary>What hosts of the tests keep for good goes to a folder that is deleted at the end.</summary>
internal static class TestState
{
    [ModuleInitializer]
    internal static void Begin()
    {
        string folder = Directory.CreateTempSubdirectory("r3x-state-").FullName;
        Environment.SetEnvironmentVariable("R3X_STATE", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        };
    }
}
