using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Release;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>The unit under a real systemd, with all that it forbids, as a robot has it.</summary>
public sealed class SystemdRootTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("Length", "Long")]
    public async Task A_real_systemd_starts_reloads_watches_and_stops_it()
    {
        string archive = (await ReleasedArchive.ForLinuxAsync()).FullName;
        await using DebianRoot root = await DebianRoot.InstallAsync(
            "bookworm", "systemd", "systemd-sysv", "procps", "libstdc++6");
        int port = FreePort.Next();
        string name = Path.GetFileName(archive).Replace(".tar.gz", "", StringComparison.Ordinal);
        await DebianRoot.ShellAsync($"tar -xzf {archive} -C {root.Path}/opt && ln -s /opt/{name} {root.Path}/opt/r3x"
            + $" && cp {Repository.PathOf("deploy", "r3x.service")} {root.Path}/etc/systemd/system/"
            + $" && mkdir -p {root.Path}/etc/r3x {root.Path}/etc/systemd/system/r3x.service.d"
            + $" && cp -r {root.Path}/opt/{name}/presets {root.Path}/etc/r3x/presets"
            + $" && echo first-token | install -m 600 /dev/stdin {root.Path}/etc/r3x/token");
        await File.WriteAllTextAsync(Path.Combine(root.Path, "etc", "r3x", "r3x.env"), string.Create(
            CultureInfo.InvariantCulture, $"R3X_SERVE_PORT={port}\nR3X_SERVE_WYOMING_PORT=off\nR3X_SERVE_DEVICE=null\n")
            + "R3X_SERVE_PRESETS=/etc/r3x/presets\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(root.Path, "etc", "systemd", "system", "r3x.service.d", "test.conf"),
            "[Service]\nWatchdogSec=10\n", Stop);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        await root.StartAsync("r3x.service");
        await root.UntilAsync("systemctl is-active r3x");
        HttpStatusCode ready = await StatusAsync(client, "health/ready", "");
        HttpStatusCode stranger = await StatusAsync(client, "r3x", "");
        HttpStatusCode known = await StatusAsync(client, "r3x/presets/excited/preview", "first-token");
        string status = await root.InsideAsync("cat /proc/$(systemctl show -P MainPID r3x)/status");
        await root.InsideAsync("echo \"serve: { limits: { body: 4711 } }\" >>/etc/r3x/presets/host.yaml");
        await root.InsideAsync("systemctl reload r3x");
        await root.UntilAsync("journalctl -u r3x | grep \"Reloaded: limits\"");
        string doctor = await root.InsideAsync("/opt/r3x/r3x doctor --service || true");
        await root.InsideAsync("kill -STOP $(systemctl show -P MainPID r3x)");
        await root.UntilAsync("test $(systemctl show -P NRestarts r3x) -ge 1 && systemctl is-active r3x");
        await root.InsideAsync("systemctl stop r3x");
        string result = await root.InsideAsync("systemctl show -P Result r3x");
        string log = await root.InsideAsync("journalctl -u r3x -o cat");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (ready, stranger, known));
        // Of systemd's range of users that exist for a while, and without a right.
        Assert.InRange(int.Parse(Of("Uid"), CultureInfo.InvariantCulture), 61_184, 65_519);
        Assert.Equal(("0000000000000000", "1", "2"), (Of("CapEff"), Of("NoNewPrivs"), Of("Seccomp")));
        Assert.Contains("the server answers", doctor, StringComparison.Ordinal);
        Assert.Equal("success", result.Trim());
        Assert.DoesNotContain("first-token", log + doctor, StringComparison.Ordinal);

        string Of(string key) => Array.Find(status.Split('\n'), line => line.StartsWith(
            key + ":", StringComparison.Ordinal))!.Split('\t')[1];
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token.Length > 0)
            request.Headers.Add("X-R3X-Token", token);
        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
