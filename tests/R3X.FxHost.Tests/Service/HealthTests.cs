using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>Whether a server may be sent lines, and what is not well.</summary>
public sealed class HealthTests
{
    private const int Terminate = 15;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_well_is_said_with_what_mends_it_and_nothing_that_is_secret()
    {
        string presets = TestHost.PresetFolder(
            ("neutral", "preset: 1\nchain:\n  - gain\n"), ("broken", "preset: 1\nchain:\n  - gian\n"));
        try
        {
            await using ServerProcess server = await ServerProcess.StartAsync(
                "--presets", presets, "--token", "swordfish-4711", "--device", "default");
            await ReadyAsync(server.Client);
            await File.WriteAllTextAsync(Path.Combine(presets, "host.yaml"),
                "host: 1\nserve:\n  token: swordfish-4711\n  prot: 7\n", Stop);
            JsonNode health = JsonNode.Parse(await server.Client.GetStringAsync("health/ready", Stop))!;
            JsonNode live = JsonNode.Parse(await server.Client.GetStringAsync("health/live", Stop))!;

            Assert.Equal("healthy", (string?)live["status"]);
            Assert.Equal("degraded", (string?)health["status"]);
            Assert.Equal(["presets", "host.yaml", "loudspeaker"],
                health["problems"]!.AsArray().Select(static problem => (string)problem!["name"]!));
            Assert.All(health["problems"]!.AsArray(),
                static problem => Assert.True(((string?)problem!["fix"])!.Length > 9));
            Assert.Contains("broken", (string)health["problems"]![0]!["message"]!, StringComparison.Ordinal);
            Assert.Contains("line 4", (string)health["problems"]![1]!["message"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("swordfish", health.ToJsonString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(presets, recursive: true);
        }
    }

    [Fact]
    public async Task A_server_that_ends_is_not_ready_while_its_last_line_is_heard()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        await ReadyAsync(server.Client);
        Task<JsonNode> heard = server.Client.AskAsync("POST", "r3x/speak", Asking.Line);
        while ((string?)(await server.Client.AskAsync("GET", "r3x/queue"))["turn"] is null)
            await Task.Delay(10, Stop);
        server.Signal(Terminate);
        string answer;
        int status;
        do
        {
            using HttpResponseMessage health = await server.Client.GetAsync("health/ready", Stop);
            status = (int)health.StatusCode;
            answer = await health.Content.ReadAsStringAsync(Stop);
        }
        while (status == 200);

        Assert.Equal(503, status);
        Assert.Contains("ends", answer, StringComparison.Ordinal);
        Assert.Equal("done", (string?)(await heard)["state"]);
        Assert.Equal(0, await server.EndAsync());
    }

    [Fact]
    public async Task A_load_balancer_that_names_no_host_is_answered()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync("GET /health/live HTTP/1.0\r\n\r\n");
        using var reader = new StreamReader(connection.Stream);

        Assert.Contains(" 200 ", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        while (true)
        {
            using HttpResponseMessage ready = await client.GetAsync("health/ready", Stop);
            if (ready.IsSuccessStatusCode)
                return;
            await Task.Delay(20, Stop);
        }
    }
}
