using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>What systemd is told, and the unit.</summary>
public sealed class SystemdTests
{
    private const int HangUp = 1;
    private const int Terminate = 15;
    private const double MostExposure = 1.5;

    private static readonly string Unit = Repository.PathOf("deploy", "r3x.service");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_told_of_ready_reloading_and_stopping_in_this_order_and_of_life()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no systemd.");
        using var systemd = new NotifySocket();
        await using ServerProcess server = await ServerProcess.StartAsync(new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = systemd.Path,
            ["WATCHDOG_USEC"] = "200000",
        });
        await systemd.UntilAsync("READY=1");
        using HttpResponseMessage ready = await server.Client.GetAsync("health/ready", Stop);
        while (await systemd.NextAsync() != "WATCHDOG=1")
        {
            // It comes.
        }

        server.Signal(HangUp);
        await systemd.UntilAsync("READY=1");
        server.Signal(Terminate);
        await systemd.UntilAsync("STOPPING=1");

        Assert.True(ready.IsSuccessStatusCode);
        Assert.Equal(["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"], systemd.Told);
        Assert.Equal(0, await server.EndAsync());
    }

    [Fact]
    public async Task The_unit_is_sound_and_exposes_little()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("r3x-unit-");
        try
        {
            // Its program is where the archive is unpacked; here stands another.
            string unit = Path.Combine(folder.FullName, "r3x.service");
            string text = await File.ReadAllTextAsync(Unit, Stop);
            await File.WriteAllTextAsync(
                unit, text.Replace("/opt/r3x/r3x", "/bin/true", StringComparison.Ordinal), Stop);

            R3xRun verified = await R3xProcess.ShellAsync(folder.FullName, "systemd-analyze verify r3x.service");
            R3xRun scored = await R3xProcess.ShellAsync(
                folder.FullName, "systemd-analyze security --offline=true r3x.service");

            verified.Ended(0);
            string score = scored.Text.Split('\n').Last(
                static line => line.Contains("Overall exposure", StringComparison.Ordinal));
            string number = score[(score.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(' ')[0];
            Assert.InRange(double.Parse(number, CultureInfo.InvariantCulture), 0.1, MostExposure);
            Assert.Contains("ExecStart=/opt/r3x/r3x serve", text, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
