using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Release;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>The container: what its file says, and, as no engine runs here, its steps in a root of their own.</summary>
public sealed class ContainerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_sets_and_starts_is_known_to_the_server()
    {
        Containerfile file = Containerfile.Read();
        ProcessStartInfo start = R3xProcess.Command(
            null, R3xProcess.Program, [.. file.Entrypoint[1..], "--settings"]);
        foreach ((string name, string value) in file.Environment)
            start.Environment[name] = name == "R3X_STATE" ? start.Environment[name] : value;
        start.Environment["R3X_SERVE_LOG"] = "text";
        using R3xProcess server = R3xProcess.Start(start);
        server.Input.Close();
        R3xRun listed = (await server.EndAsync()).Ended(0);
        string version = await File.ReadAllTextAsync(Repository.PathOf("Directory.Build.props"), Stop);

        Assert.Contains("R3X_SERVE_ADDRESS", listed.Text, StringComparison.Ordinal);
        Assert.Contains("/opt/r3x/r3x", file.Entrypoint[0], StringComparison.Ordinal);
        Assert.Contains($":{file.Only("EXPOSE")}/health/ready", file.HealthCheck[^1], StringComparison.Ordinal);
        string archive = file.Only("ADD").Split(' ')[0];
        Assert.Equal($"r3x-{Between(version, "<Version>", "</Version>")}-linux-x64.tar.gz", archive);
        Assert.DoesNotContain("root", file.Only("USER"), StringComparison.Ordinal);
    }

    [Fact, Trait("Length", "Long")]
    public async Task Its_steps_in_an_empty_Debian_give_a_server_that_says_it_is_well()
    {
        Containerfile file = Containerfile.Read();
        string archive = (await ReleasedArchive.ForLinuxAsync()).FullName;
        await using DebianRoot root = await DebianRoot.InstallAsync(file.Only("FROM").Split(':')[1].Split('-')[0]);
        await DebianRoot.ShellAsync($"mount -t proc proc {root.Path}/proc");
        foreach ((string name, string text) in file.Steps)
        {
            if (name == "RUN")
            {
                await DebianRoot.ShellAsync(
                    $"chroot {root.Path} env -u TMPDIR DEBIAN_FRONTEND=noninteractive sh -ec '{text}' >/dev/null");
            }
            else if (name == "ADD")
                await DebianRoot.ShellAsync($"tar -xzf {archive} -C {root.Path}{text.Split(' ')[1]}");
        }

        int port = FreePort.Next();
        ProcessStartInfo start = R3xProcess.Command(null, "chroot",
            [$"--userspec={file.Only("USER")}", root.Path, "env", "-i", "-C", file.Only("WORKDIR"),
                "--default-signal=INT", "PATH=/usr/bin:/bin", "R3X_TOKEN=hidden", .. Variables(file, port),
                .. file.Entrypoint]);
        using R3xProcess server = R3xProcess.Start(start);
        server.Input.Close();
        string check = string.Join(' ', file.HealthCheck).Replace(
            ":" + file.Only("EXPOSE"), ":" + port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await DebianRoot.ShellAsync(
            $"for i in $(seq 600); do chroot {root.Path} {check} 2>/dev/null && exit 0; sleep 0.2; done; exit 1");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using HttpResponseMessage refused = await client.GetAsync("r3x", Stop);
        client.DefaultRequestHeaders.Add("X-R3X-Token", "hidden");
        byte[] line = await client.GetByteArrayAsync("r3x/presets/excited/preview", Stop);
        server.Signal(15);
        R3xRun run = await server.EndAsync();

        Assert.Equal(401, (int)refused.StatusCode);
        Assert.InRange(line.Length, 100_000, 1_000_000);
        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Errors.Trim().Split('\n'), static line => Assert.StartsWith("{", line));
    }

    private static IEnumerable<string> Variables(Containerfile file, int port)
    {
        foreach ((string name, string value) in file.Environment)
            yield return $"{name}={value}";
        yield return string.Create(CultureInfo.InvariantCulture, $"R3X_SERVE_PORT={port}");
        yield return "R3X_SERVE_WYOMING_PORT=0";
    }

    private static string Between(string text, string begin, string end)
    {
        int at = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[at..text.IndexOf(end, at, StringComparison.Ordinal)];
    }
}
