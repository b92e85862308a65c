using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>A Debian of its own in a folder, and its systemd where one is started; deleted in the end. Needs
/// root.</summary>
internal sealed class DebianRoot : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-root-");
    private Process? _systemd;
    private string _first = "";

    private DebianRoot()
    {
    }

    /// <summary>Where it is.</summary>
    public string Path => _folder.FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Installs one.</summary>
    /// <param name="release">Debian's release.</param>
    /// <param name="packages">Packages beside the smallest set.</param>
    public static async Task<DebianRoot> InstallAsync(string release, params string[] packages)
    {
        var root = new DebianRoot();
        string more = packages.Length > 0 ? $"--include={string.Join(',', packages)} " : "";
        // Others than root live in it.
        await ShellAsync($"chmod 755 {root.Path}"
            + $" && debootstrap --variant=minbase {more}{release} {root.Path} >/dev/null");
        return root;
    }

    /// <summary>Runs a line of bash on this machine.</summary>
    /// <returns>What it prints.</returns>
    public static async Task<string> ShellAsync(string line)
    {
        (int exitCode, string output, string errors) = await TryAsync(line);
        Assert.True(exitCode == 0, $"{line}: {exitCode} {output} {errors}");
        return output;
    }

    /// <summary>Starts its systemd with a service.</summary>
    /// <param name="service">The unit, which is in it already.</param>
    public async Task StartAsync(string service)
    {
        string units = System.IO.Path.Combine(Path, "etc", "systemd", "system");
        await File.WriteAllTextAsync(System.IO.Path.Combine(units, "test.target"),
            $"[Unit]\nDescription=test\nWants={service}\n", Stop);
        // What belongs to the machine is left to it.
        foreach (string other in (string[])["systemd-udevd.service", "systemd-sysctl.service", "systemd-logind.service",
            "systemd-modules-load.service", "systemd-timesyncd.service", "systemd-remount-fs.service",
            "systemd-random-seed.service", "systemd-hwdb-update.service", "sys-kernel-debug.mount",
            "sys-kernel-tracing.mount", "sys-kernel-config.mount", "sys-fs-fuse-connections.mount",
            "dev-hugepages.mount", "dev-mqueue.mount", "proc-sys-fs-binfmt_misc.automount", "getty.target"])
            File.CreateSymbolicLink(System.IO.Path.Combine(units, other), "/dev/null");
        _systemd = Process.Start(R3xProcess.Command(null, Repository.PathOf(
            "tests", "R3X.FxHost.Tests", "Service", "systemd-root.sh"), [Path, "test.target"]))!;
        _systemd.StandardInput.Close();
        // The script becomes unshare, whose child is systemd.
        while ((await TryAsync($"cat /proc/$(pgrep -P {_systemd.Id})/comm")).Output.Trim() != "systemd")
        {
            Assert.False(_systemd.HasExited, "There is no systemd: it has to be installed, and root to start it.");
            await Task.Delay(200, Stop);
        }

        _first = (await ShellAsync($"pgrep -P {_systemd.Id}")).Trim();
        await UntilAsync("systemctl list-units >/dev/null");
    }

    /// <summary>Runs a line of sh in it, beside its systemd.</summary>
    public Task<string> InsideAsync(string line) => ShellAsync($"nsenter -t {_first} -a sh -c '{line}'");

    /// <summary>Runs a line of sh in it until it succeeds.</summary>
    public async Task UntilAsync(string line)
    {
        while ((await TryAsync($"nsenter -t {_first} -a sh -c '{line}'")).ExitCode != 0)
            await Task.Delay(200, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_systemd is not null)
        {
            _systemd.Kill(entireProcessTree: true);
            await _systemd.WaitForExitAsync(CancellationToken.None);
            string groups = $"$(findmnt -n -o TARGET -t cgroup2 | head -n 1)/r3x-{_systemd.Id}";
            await TryAsync($"for i in $(seq 50); do find {groups} -depth -type d -exec rmdir {{}} + && break; "
                + "sleep 0.1; done");
            _systemd.Dispose();
        }

        // Nothing that is mounted in it is deleted along.
        await TryAsync($"umount {Path}/proc 2>/dev/null; rm -rf --one-file-system {Path}");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> TryAsync(string line)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, output, await errors);
    }
}
