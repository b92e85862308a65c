using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Nats;

/// <summary>A batch on workers at a real server, whatever is killed meanwhile.</summary>
public sealed class BatchTests
{
    private const string Presets = "neutral,excited,radio";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Sixty_jobs_are_all_right_though_a_worker_and_the_server_are_killed() => ProveAsync(
        lineCount: 20, workerCount: 2, async (server, workers, lines) =>
        {
            await lines.HoldsAsync("out", 5, Stop);
            workers[0].Signal(9);
            await lines.HoldsAsync("out", 10, Stop);
            await server.KillAsync();
            await server.StartAgainAsync();
        });

    [Fact, Trait("Length", "Long")]
    public Task Six_thousand_jobs_are_all_right_though_workers_and_the_server_are_killed_at_random() => ProveAsync(
        lineCount: 2_000, workerCount: 4, async (server, workers, lines) =>
        {
            var random = new Random(5);
            for (int kill = 1; kill <= 12; kill++)
            {
                await lines.HoldsAsync("out", kill * 450, Stop);
                int victim = random.Next(workers.Count);
                workers[victim].Signal(9);
                workers[victim].Dispose();
                workers[victim] = lines.Start("worker", "--nats", server.Address);
                if (kill % 5 == 0)
                {
                    await server.KillAsync();
                    await server.StartAgainAsync();
                }
            }
        });

    [Fact]
    public async Task A_command_that_was_killed_fetches_what_was_rendered_meanwhile()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        using var lines = new BatchLines(30);
        using (R3xProcess worker = lines.Start("worker", "--nats", server.Address, "--parallel", "1"))
        {
            using (R3xProcess command = Render(lines, server))
            {
                await lines.HoldsAsync("out", 3, Stop);
                command.Signal(9);
                await command.EndAsync();
            }

            R3xRun run = await Render(lines, server).EndAsync();
            run.Ended(0, "of 90 files were there already.", "came from 1 workers; 0 were rendered twice.");
            worker.Signal(15);
            // What it rendered, whichever command asked for it: each line once.
            (await worker.EndAsync()).Ended(0, "90 lines were rendered, 0 failed.");
        }

        await EqualsLocalAsync(lines);
    }

    [Fact]
    public async Task A_line_without_sound_is_listed_with_its_reason_and_costs_no_other()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        using var lines = new BatchLines(2);
        await File.WriteAllTextAsync(lines.PathOf("lines/bad.mp3"), "I am no sound.", Stop);
        using R3xProcess worker = lines.Start("worker", "--nats", server.Address);
        using R3xProcess command = Render(lines, server);
        (await command.EndAsync()).Ended(2, "lines/bad.mp3 (radio): ", "6 of 9 files were rendered.");
        Assert.Equal(3, (await File.ReadAllLinesAsync(lines.PathOf("out/failed.txt"), Stop)).Length);
        worker.Signal(15);
        (await worker.EndAsync()).Ended(0, "lines/bad.mp3 failed: ", "6 lines were rendered, 3 failed.");
    }

    [Theory]
    [InlineData("render lines -o out/ --workers nats://127.0.0.1:1", 1, "nats://127.0.0.1:1 does not answer")]
    [InlineData("worker --nats nats://127.0.0.1:1", 1, "nats://127.0.0.1:1 does not answer")]
    [InlineData("worker --nats nats://127.0.0.1:1 --nats-creds none.creds", 2, "no file of credentials \"none.creds\"")]
    [InlineData("worker", 2, "Name the NATS server: --nats")]
    [InlineData("worker --nats nats://127.0.0.1:1 --parallel 0", 2, "--parallel takes 1 to 1024")]
    [InlineData("render lines/scene0/0.wav -o x.wav --workers nats://127.0.0.1:1", 2, "--workers render into a folder")]
    public async Task What_is_wrong_with_the_server_or_the_words_is_said(string words, int exitCode, string said)
    {
        using var lines = new BatchLines(1);
        (await lines.RunAsync(words.Split(' '))).Ended(exitCode, said);
    }

    private static async Task ProveAsync(
        int lineCount, int workerCount, Func<NatsServer, List<R3xProcess>, BatchLines, Task> disturb)
    {
        await using NatsServer server = await NatsServer.StartAsync();
        using var lines = new BatchLines(lineCount);
        List<R3xProcess> workers =
            [.. Enumerable.Range(0, workerCount).Select(_ => lines.Start("worker", "--nats", server.Address))];
        try
        {
            using R3xProcess command = Render(lines, server);
            await disturb(server, workers, lines);
            (await command.EndAsync(TimeSpan.FromMinutes(40))).Ended(0, "were rendered twice.");
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }

        Assert.Equal(lineCount * 3, lines.Files("out").Count);
        await EqualsLocalAsync(lines);
    }

    private static R3xProcess Render(BatchLines lines, NatsServer server) =>
        lines.Start("render", "lines", "-o", "out", "--presets", Presets, "--workers", server.Address);

    private static async Task EqualsLocalAsync(BatchLines lines)
    {
        using R3xProcess here = lines.Start("render", "lines", "-o", "local", "--presets", Presets);
        (await here.EndAsync(TimeSpan.FromMinutes(20))).Ended(0);
        SortedDictionary<string, string> local = lines.Files("local");
        SortedDictionary<string, string> remote = lines.Files("out");
        Assert.Equal(local.Keys, remote.Keys);
        foreach (string file in local.Keys)
            Assert.Equal(await File.ReadAllBytesAsync(local[file], Stop), await File.ReadAllBytesAsync(remote[file], Stop));
    }
}
