using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.Balanced;

/// <summary>Two servers behind the load balancers that <c>deploy/</c> has configurations for.</summary>
public sealed class BalancedTests : IAsyncLifetime
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int Lines = 16;

    private readonly int[] _ports = [FreePort.Next(), FreePort.Next()];
    private readonly Dictionary<string, byte[]> _whole = [];
    private Upstream? _services;
    private ServerProcess? _one;
    private ServerProcess? _other;

    // A machine that is busy is slow; what never comes is a failure.
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(4));

    private CancellationToken Stop => _limit.Token;

    public async ValueTask InitializeAsync()
    {
        _services = await Upstream.StartAsync();
        ServerProcess[] servers = await Task.WhenAll(StartAsync(0), StartAsync(1));
        (_one, _other) = (servers[0], servers[1]);
        foreach (RunningLine line in RunningLine.Ask(_one.Address, RunningLine.Fronts.Length))
        {
            Assert.Null(await line.Ended);
            _whole[line.Front] = line.Heard;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[_one, _other, _services])
        {
            if (part is not null)
                await part.DisposeAsync();
        }

        _limit.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task A_server_that_is_killed_costs_the_lines_it_had_begun_and_no_other(string program)
    {
        await using LoadBalancer balancer = await LoadBalancer.StartAsync(program, _ports);
        // Each stops in its middle, so that no line is over before the last has begun.
        _services!.Behave(new Behaviour { StallAfterBytes = 20_000, StallMs = 5_000, Times = null });
        RunningLine[] lines = RunningLine.Ask(balancer.Address, Lines);
        await Task.WhenAll(lines.Select(static line => line.Begun)).WaitAsync(Stop);
        _one!.Signal(Kill);
        RunningLine[] next = RunningLine.Ask(balancer.Address, RunningLine.Fronts.Length);

        await AssertWholeAsync(next);
        foreach (RunningLine line in lines)
        {
            // A caller's client sees that it was cut; what came until then is the line's own beginning.
            bool isCut = await line.Ended.WaitAsync(Stop) is not null;
            Assert.True(line.Heard.AsSpan().SequenceEqual(
                isCut ? _whole[line.Front].AsSpan(0, line.Heard.Length) : _whole[line.Front]), line.Front);
        }

        Assert.InRange(lines.Count(static line => line.Ended.Result is not null), 1, Lines - 1);
        await _one.DisposeAsync();
        _one = await StartAsync(0);
        await AsksAsync(balancer, _one);
    }

    [Fact]
    public async Task A_line_whose_server_dies_before_its_first_sound_is_asked_of_the_other()
    {
        await using LoadBalancer balancer = await LoadBalancer.StartAsync("nginx", _ports);
        _services!.Behave(new Behaviour { DelayFirstMs = 1_000, Times = null });
        RunningLine[] lines = [.. RunningLine.Ask(balancer.Address, 8)
            .Where(static line => !line.Front.EndsWith("WebSocket", StringComparison.Ordinal))];
        while (_services.Requests.Count(static request => request.Method == "POST") < 6)
            await Task.Delay(10, Stop);
        _one!.Signal(Kill);

        await AssertWholeAsync(lines);
    }

    [Fact]
    public async Task A_server_that_is_told_to_end_costs_nobody_a_line()
    {
        await using LoadBalancer balancer = await LoadBalancer.StartAsync("nginx", _ports);
        _services!.Behave(new Behaviour { Pace = "realtime", Times = null });
        RunningLine[] lines = RunningLine.Ask(balancer.Address, Lines);
        await Task.WhenAll(lines.Select(static line => line.Begun)).WaitAsync(Stop);
        _one!.Signal(Terminate);
        List<RunningLine> next = [];
        while (!lines.All(static line => line.Ended.IsCompleted))
        {
            next.AddRange(RunningLine.Ask(balancer.Address, RunningLine.Fronts.Length));
            await Task.Delay(250, Stop);
        }

        await AssertWholeAsync([.. lines, .. next]);
        Assert.Equal(0, await _one.EndAsync());
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task What_belongs_to_one_machine_is_refused_in_words(string program)
    {
        await using LoadBalancer balancer = await LoadBalancer.StartAsync(program, _ports);
        using var client = new HttpClient { BaseAddress = balancer.Address };
        foreach (string path in (string[])["r3x/speak", "r3x/turns", "r3x/interrupt"])
        {
            JsonNode answer = await client.AskAsync("POST", path, [], status: 421);
            Assert.Contains("one machine", (string?)answer["error"]!["message"], StringComparison.Ordinal);
        }

        Assert.NotEmpty((await client.AskAsync("GET", "r3x/presets")).AsObject());
        Assert.NotEmpty((await client.AskAsync("GET", "v1/models")).AsObject());
    }

    private Task<ServerProcess> StartAsync(int index) => ServerProcess.StartAsync(
        "--openai", _services!.Address, "--elevenlabs", _services.Address,
        "--port", _ports[index].ToString(CultureInfo.InvariantCulture));

    private async Task AssertWholeAsync(IReadOnlyList<RunningLine> lines)
    {
        foreach (RunningLine line in lines)
        {
            Exception? failure = await line.Ended.WaitAsync(Stop);
            Assert.True(failure is null, $"{line.Front}: {failure}");
            Assert.True(_whole[line.Front].AsSpan().SequenceEqual(line.Heard), line.Front);
        }
    }

    // Until a server is asked.
    private async Task AsksAsync(LoadBalancer balancer, ServerProcess server)
    {
        using var client = new HttpClient { BaseAddress = balancer.Address };
        while ((int?)(await client.AskAsync("GET", "r3x"))["pid"] != server.Id)
            await Task.Delay(50, Stop);
    }
}
