using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Cli.Service;

/// <summary>A finding of <c>r3x doctor --service</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Well">Whether it is as it should be.</param>
/// <param name="Found">What was found.</param>
/// <param name="Fix">What to do; empty where nothing is to be done.</param>
internal sealed record ServiceRow(string Name, bool Well, string Found, string Fix);

/// <summary>Looks at r3x serve as a service of the system: its unit, and what the unit's user reaches. It starts and
/// changes nothing, and needs no systemd.</summary>
internal static class ServiceDoctor
{
    private const string Edit = "sudo systemctl edit r3x";
    private const double LongestLine = 60;
    private const double ShortestWatchdog = 10;
    private const int FewestFiles = 4_096;

    /// <summary>Looks at everything.</summary>
    /// <param name="named">The unit's file; null for the installed one.</param>
    public static IEnumerable<ServiceRow> Examine(string? named)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            return [Wrong("unit", "this system has no systemd", "start r3x serve by the system's own means")];
        if ((named ?? UnitFile.Find()) is not { } path)
        {
            return [Wrong("unit", $"{UnitFile.Name} is not installed",
                $"sudo cp deploy/{UnitFile.Name} /etc/systemd/system/ && sudo systemctl daemon-reload")];
        }

        if (!File.Exists(path))
            throw new UsageException($"There is no unit {path}. Name its file behind --service, or nothing for the "
                + "installed one.");
        UnitFile unit = UnitFile.Read(path);
        return [Well("unit", unit.Path), .. OfUnit(unit), .. SystemdState(named), .. ServiceSettings.Examine(unit),
            Loudspeakers.Examine(unit)];
    }

    /// <summary>Something that is as it should be.</summary>
    public static ServiceRow Well(string name, string found) => new(name, true, found, "");

    /// <summary>Something that is not.</summary>
    public static ServiceRow Wrong(string name, string found, string fix) => new(name, false, found, fix);

    private static IEnumerable<ServiceRow> OfUnit(UnitFile unit)
    {
        string[] command = [.. UnitFile.Words(unit.Text("ExecStart") ?? "")];
        string program = command.FirstOrDefault("").TrimStart('@', '-', ':', '+', '!');
        yield return program.Length == 0
            ? Wrong("program", "ExecStart is missing", $"{Edit}: [Service] ExecStart=/opt/r3x/r3x serve")
            : !File.Exists(program)
            ? Wrong("program", $"{program} is not there", $"unpack the archive there, or {Edit}: ExecStart=, and once "
                + "more with the path")
            : !IsRunnable(program)
            ? Wrong("program", $"{program} may not be run by others", $"sudo chmod a+rx {program}")
            : Well("program", program);
        yield return unit.Text("Type") is "notify" or "notify-reload" ? Well("ready", "systemd is told")
            : Wrong("ready", $"Type={unit.Text("Type") ?? "simple"}: others start before it listens",
                $"{Edit}: [Service] Type=notify");
        yield return User(unit);
        yield return unit.Text("StateDirectory") is { } state ? Well("state", $"/var/lib/{state}, which systemd makes")
            : Wrong("state", "no folder that may be written: faults and measured levels are lost",
                $"{Edit}: [Service] StateDirectory=r3x");
        yield return unit.Seconds("WatchdogSec") is not { } watchdog
            ? Wrong("watchdog", "none: one that hangs is never started anew", $"{Edit}: [Service] WatchdogSec=60")
            : watchdog < ShortestWatchdog
            ? Wrong("watchdog", $"{watchdog:0.#} s: a busy machine is late", $"{Edit}: [Service] WatchdogSec=60")
            : Well("watchdog", $"{watchdog:0.#} s");
        yield return unit.Seconds("TimeoutStopSec") is { } stop && stop < LongestLine
            ? Wrong("stop", $"after {stop:0.#} s lines are cut", $"{Edit}: [Service] TimeoutStopSec=75")
            : Well("stop", "lines are heard to their end");
        yield return int.TryParse(unit.Text("LimitNOFILE")?.Split(':')[0], out int files) && files < FewestFiles
            ? Wrong("limits", $"{files} files: a line needs two", $"{Edit}: [Service] LimitNOFILE=65536")
            : Well("limits", unit.Text("LimitNOFILE") is { } most ? $"{most} files" : "the system's");
        if (unit.Is("MemoryDenyWriteExecute"))
        {
            yield return Wrong("memory", "MemoryDenyWriteExecute=yes: .NET compiles while it runs, and does not start",
                $"{Edit}: [Service] MemoryDenyWriteExecute=no");
        }
    }

    private static bool IsRunnable(string program) => OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(program) & UnixFileMode.OtherExecute) != 0;

    private static ServiceRow User(UnitFile unit)
    {
        string? user = unit.Text("User");
        if (unit.Is("DynamicUser"))
            return Well("user", $"{user ?? "one of its own"}, while it runs");
        if (user is null or "root" or "0")
        {
            return Wrong("user", "root: whoever breaks in has the machine",
                $"{Edit}: [Service] DynamicUser=yes, or User=NAME");
        }

        return Ask("id", "-u", user) is null
            ? Wrong("user", $"{user} does not exist", $"sudo useradd --system {user}, or {Edit}: DynamicUser=yes")
            : Well("user", user);
    }

    private static IEnumerable<ServiceRow> SystemdState(string? named)
    {
        if (!Directory.Exists("/run/systemd/system"))
        {
            yield return Well("systemd", "does not run here: the unit was read, and nothing was asked");
            yield break;
        }

        if (named is not null)
            yield break;
        string enabled = Ask("systemctl", "is-enabled", UnitFile.Name) ?? "no";
        yield return enabled == "enabled" ? Well("at start-up", "started")
            : Wrong("at start-up", $"not started ({enabled})", "sudo systemctl enable r3x");
        string state = Ask("systemctl", "show", "-P", "ActiveState", UnitFile.Name) ?? "unknown";
        yield return state == "active" ? Well("now", "runs")
            : Wrong("now", state, "sudo systemctl start r3x; journalctl -u r3x says why it does not");
        if (Ask("systemctl", "show", "-P", "NeedDaemonReload", UnitFile.Name) == "yes")
            yield return Wrong("unit", "changed since systemd read it", "sudo systemctl daemon-reload");
    }

    // What a program prints; null where it fails or is missing.
    private static string? Ask(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            string said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 || said.Length > 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
