using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary><c>r3x doctor --service</c>: what is wrong with a unit, and how to mend it.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-doctor-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Unit => Path.Combine(_folder.FullName, "r3x.service");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_is_wrong_with_our_own_unit_where_its_program_is()
    {
        await WriteAsync(text => text.Replace("EnvironmentFile=-/etc/r3x/r3x.env",
            $"Environment=R3X_SERVE_DEVICE=null R3X_SERVE_PORT={FreePort.Next()} R3X_HOME={Repository.Root}",
            StringComparison.Ordinal));

        R3xRun run = await DoctorAsync();

        run.Ended(0);
        Assert.Contains("The service is as it should be.", run.Text, StringComparison.Ordinal);
        Assert.Contains("is free; the server does not run", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExecStart=PROGRAM serve", "ExecStart=/nonexistent/r3x serve", "program", "is not there")]
    [InlineData("Type=notify", "Type=simple", "ready", "Type=notify")]
    [InlineData("DynamicUser=yes\nUser=r3x", "User=nobody-at-all", "user", "useradd")]
    [InlineData("DynamicUser=yes\nUser=r3x", "", "user", "root")]
    [InlineData("StateDirectory=r3x", "", "state", "StateDirectory=r3x")]
    [InlineData("WatchdogSec=60", "WatchdogSec=500ms", "watchdog", "late")]
    [InlineData("TimeoutStopSec=75", "TimeoutStopSec=5", "stop", "cut")]
    [InlineData("LimitNOFILE=65536", "LimitNOFILE=256", "limits", "65536")]
    [InlineData("NoNewPrivileges=yes", "MemoryDenyWriteExecute=yes", "memory", ".NET")]
    [InlineData("PROGRAM serve", "PROGRAM serve --port many", "settings", "--port")]
    [InlineData("PROGRAM serve", "PROGRAM serve --address *", "token", "/etc/r3x/token")]
    [InlineData("Environment=HOME", "Environment=PULSE_SERVER=unix:/nonexistent/native HOME", "loudspeaker", "linger")]
    public async Task What_is_wrong_is_named_with_what_mends_it(string ours, string theirs, string name, string said)
    {
        await WriteAsync(text =>
        {
            string before = ours.Replace("PROGRAM", R3xProcess.Program, StringComparison.Ordinal);
            Assert.Contains(before, text, StringComparison.Ordinal);
            return text.Replace(before, theirs.Replace("PROGRAM", R3xProcess.Program, StringComparison.Ordinal),
                    StringComparison.Ordinal)
                .Replace("EnvironmentFile=-/etc/r3x/r3x.env", $"Environment=R3X_SERVE_PORT={FreePort.Next()}"
                    + (name == "loudspeaker" ? "" : " R3X_SERVE_DEVICE=null"), StringComparison.Ordinal);
        });

        JsonNode[] rows = [.. JsonNode.Parse((await DoctorAsync("--json")).Ended(1, "").Text)!.AsArray()!];
        JsonNode wrong = Assert.Single(rows, static row => !(bool)row["well"]!);

        Assert.Equal(name, (string?)wrong["name"]);
        Assert.Contains(said, (string)wrong["found"]! + wrong["fix"], StringComparison.Ordinal);
        Assert.NotEqual("", (string?)wrong["fix"]);
    }

    [Fact]
    public async Task It_asks_the_server_that_runs_and_knows_it_from_another_program()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        await WriteAsync(text => WithPort(text, server.Address.Port));
        R3xRun ours = await DoctorAsync();
        await WriteAsync(text => WithPort(text, ((System.Net.IPEndPoint)other.LocalEndpoint).Port));
        R3xRun theirs = await DoctorAsync();

        Assert.Contains("the server answers at 127.0.0.1", ours.Text, StringComparison.Ordinal);
        Assert.Contains("another program listens at 127.0.0.1", theirs.Ended(1, "").Text, StringComparison.Ordinal);

        static string WithPort(string text, int port) => text.Replace("EnvironmentFile=-/etc/r3x/r3x.env",
            $"Environment=R3X_SERVE_DEVICE=null R3X_SERVE_PORT={port}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_not_there_is_wrong_usage()
    {
        (await DoctorAsync()).Ended(2, "There is no unit", "--service");
    }

    private async Task WriteAsync(Func<string, string> change)
    {
        string text = await File.ReadAllTextAsync(Repository.PathOf("deploy", "r3x.service"), Stop);
        text = text.Replace("/opt/r3x/r3x", R3xProcess.Program, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Unit, change(text), Stop);
    }

    private Task<R3xRun> DoctorAsync(params string[] arguments) =>
        R3xProcess.RunAsync(null, ["doctor", "--service", Unit, .. arguments]);
}
