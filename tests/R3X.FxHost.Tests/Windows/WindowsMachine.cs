using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Release;
using Xunit;

namespace R3X.FxHost.Tests.Windows;

/// <summary>
/// Windows, as far as wine is it: one machine for all tests, with the archive for win-x64 unpacked in a folder whose
/// name has a space, letters with dots, an ampersand and brackets.
/// </summary>
internal sealed class WindowsMachine
{
    private static readonly Lazy<Task<WindowsMachine>> Started = new(StartAsync);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("r3x-windows-");

    private WindowsMachine()
    {
        Home = Path.Combine(_root.FullName, "Grüße vom Übermaß & Co (x86)");
        Directory.CreateDirectory(Path.Combine(_root.FullName, "user"));
        Directory.CreateDirectory(Home);
    }

    /// <summary>A Unix folder that the archive is unpacked in.</summary>
    public string Home { get; }

    /// <summary>What the archive holds: a folder with <c>r3x.exe</c>, <c>plugins</c> and <c>presets</c> in
    /// it.</summary>
    public string Program { get; private set; } = "";

    /// <summary>The machine, which the first test waits for.</summary>
    public static Task<WindowsMachine> GetAsync() => Started.Value;

    /// <summary>Ends it, if it was started.</summary>
    public static async Task StopAsync()
    {
        if (Started.IsValueCreated && Started.Value.IsCompletedSuccessfully)
            (await Started.Value).Stop();
    }

    /// <summary>A Unix path as Windows writes it.</summary>
    public static string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>A new folder for a test.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Home, name)).FullName;

    /// <summary>How the command is started; its environment may be changed.</summary>
    /// <param name="folder">The folder it is run in.</param>
    /// <param name="arguments">Its arguments.</param>
    public ProcessStartInfo R3x(string folder, params string[] arguments) =>
        OfWindows(folder, [Path.Combine(Program, "r3x.exe"), .. arguments]);

    /// <summary>How a program of Windows is started.</summary>
    public ProcessStartInfo OfWindows(string folder, params string[] words)
    {
        // A runner in the background of a script ignores Ctrl-C, and so would its children.
        ProcessStartInfo start = R3xProcess.Command(folder, "env", ["--default-signal=INT", "wine", .. words]);
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        start.Environment.Remove("R3X_HOME");
        return start;
    }

    /// <summary>Runs the command to its end.</summary>
    public async Task<R3xRun> RunAsync(string folder, params string[] arguments)
    {
        using R3xProcess process = R3xProcess.Start(R3x(folder, arguments));
        process.Input.Close();
        return await process.EndAsync();
    }

    /// <summary>Runs a program of Windows, which has to succeed, and gives what it printed.</summary>
    public async Task<string> RunProgramAsync(params string[] words)
    {
        using R3xProcess process = R3xProcess.Start(OfWindows(Home, words));
        process.Input.Close();
        R3xRun run = await process.EndAsync();
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', words)}: {run.ExitCode}\n{run.Errors}");
        return run.Text;
    }

    private Dictionary<string, string> Environment => new()
    {
        ["WINEPREFIX"] = Path.Combine(_root.FullName, "prefix"),
        ["HOME"] = Path.Combine(_root.FullName, "user"),
        ["WINEDEBUG"] = "-all",
        ["DISPLAY"] = "",
        // The letters of file names.
        ["LC_ALL"] = "C.UTF-8",
    };

    private static async Task<WindowsMachine> StartAsync()
    {
        Task<FileInfo> archive = ReleasedArchive.ForWindowsAsync();
        var machine = new WindowsMachine();
        try
        {
            await machine.BootAsync();
            machine.Unpack(await archive);
            return machine;
        }
        catch
        {
            machine.Stop();
            throw;
        }
    }

    private async Task BootAsync()
    {
        await RunProgramAsync("wineboot", "--init");
        // Without it a machine that has no sound server looks for other sound systems, and says so.
        await RunProgramAsync("reg", "add", @"HKCU\Software\Wine\Drivers", "/v", "Audio", "/d", "pulse", "/f");
    }

    private void Unpack(FileInfo archive)
    {
        ZipFile.ExtractToDirectory(archive.FullName, Home);
        Program = Directory.GetDirectories(Home, "r3x-*").Single();
    }

    private void Stop()
    {
        var start = new ProcessStartInfo("wineserver", ["-k", "-w"]);
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        using (Process? server = Process.Start(start))
            server?.WaitForExit(10_000);
        _root.Delete(recursive: true);
    }
}
