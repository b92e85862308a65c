using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace R3X.FxHost.Tests;

/// <summary>A named pipe that nobody writes into: whoever opens it as a file waits for ever.</summary>
internal static class NamedPipe
{
    /// <summary>How long what must not hang may take on a machine that is busy with other tests.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    public static string Create(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        using Process made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
        return path;
    }
}
