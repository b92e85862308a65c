using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;
using R3X.FxHost.Nats;
using R3X.FxHost.Nats.Batch;
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
                // Some of them perhaps not whole, or not noted yet.
                await lines.HoldsAsync("out", 12, Stop);
                command.Signal(9);
                await command.EndAsync();
            }

            R3xRun run = await Render(lines, server).EndAsync();
            run.Ended(0, "of 90 files were there already.", "files came from workers, of which there were 1;");
            worker.Signal(15);
            // What was queued when the first command was killed is not rendered again for the second.
            (await worker.EndAsync()).Ended(0, " 90 lines were rendered, 0 failed.");
        }

        await EqualsLocalAsync(lines);
    }

    [Fact]
    public async Task A_line_without_sound_is_listed_with_its_reason_and_costs_no_other()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        using var lines = new BatchLines(2);
        await File.WriteAllTextAsync(lines.PathOf("lines/bad.mp3"), "I am no sound.", Stop);
        // One line in two places is one job, whose files are two.
        File.Copy(lines.PathOf("lines/scene0/0.wav"), lines.PathOf("lines/twin.wav"));
        using R3xProcess worker = lines.Start("worker", "--nats", server.Address);
        using R3xProcess command = Render(lines, server);
        (await command.EndAsync()).Ended(2, "lines/bad.mp3 (radio): ", "9 of 12 files were rendered.");
        Assert.Equal(
            await File.ReadAllBytesAsync(lines.PathOf("out/radio/scene0/0.wav"), Stop),
            await File.ReadAllBytesAsync(lines.PathOf("out/radio/twin.wav"), Stop));
        Assert.Equal(3, (await File.ReadAllLinesAsync(lines.PathOf("out/failed.txt"), Stop)).Length);
        worker.Signal(15);
        (await worker.EndAsync()).Ended(0, "lines/bad.mp3 failed: ", " lines were rendered, 3 failed.");
    }

    [Fact]
    public async Task A_worker_that_lacks_an_effect_says_so_on_both_sides_and_leaves_the_lines_to_others()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        using var lines = new BatchLines(2);
        Repository.CopyFolder(Repository.PathOf("plugins", "gain"), lines.PathOf("home/plugins/gain"));
        Directory.CreateSymbolicLink(lines.PathOf("home/presets"), Repository.PathOf("presets"));
        using R3xProcess poor = lines.StartAt(lines.PathOf("home"), "worker", "--nats", server.Address);
        await using NatsConnection listener = await NatsServers.ConnectAsync(server.Address, "test", null, Stop);
        await using INatsSub<string> refusals = await listener.SubscribeCoreAsync<string>(
            "r3x.refused.*", cancellationToken: Stop);
        using R3xProcess command = Render(lines, server);
        await refusals.Msgs.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Stop);
        using R3xProcess other = lines.Start("worker", "--nats", server.Address);
        (await command.EndAsync()).Ended(0, "takes none of these lines: For the preset", "there is no effect ");
        poor.Signal(15);
        (await poor.EndAsync()).Ended(0, "Copy the plugins from where the lines come from.", "0 lines were rendered");
    }

    [Fact]
    public async Task A_server_without_JetStream_is_told_from_one_that_is_not_there()
    {
        await using NatsServer server = await NatsServer.StartAsync(jetStream: false);
        using var lines = new BatchLines(1);
        (await lines.RunAsync("worker", "--nats", server.Address)).Ended(
            1, $"The NATS server {server.Address} answers, but its JetStream does not: ", "nats-server -js");
    }

    [Fact]
    public async Task Lines_that_nobody_takes_are_said_to_need_a_worker()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        await using JobServer jobs = await JobServer.OpenAsync(server.Address, "test", null, Stop);
        Assert.Null(await jobs.PublishAsync(
            Subjects.Job("batch", "job"), new JobMessage("a.wav", "recipe", null), JobJson.Default.JobMessage, [],
            Stop));
        var news = new News();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task watching = new QueueWatch(jobs, server.Address, "batch", news, TimeSpan.FromSeconds(0.3)).RunAsync(
            enough.Token);
        Assert.Contains($"r3x worker --nats {server.Address}", await news.First.Task.WaitAsync(Stop));
        await enough.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task A_job_is_queued_once_however_often_it_is_handed_out()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        await using JobServer jobs = await JobServer.OpenAsync(server.Address, "test", null, Stop);
        var job = new JobMessage("a.wav", "recipe", null);
        Assert.Null(await jobs.PublishAsync(Subjects.Job("b", "1"), job, JobJson.Default.JobMessage, [], Stop));
        Assert.Contains("per subject", (await jobs.PublishAsync(
            Subjects.Job("b", "1"), job, JobJson.Default.JobMessage, [], Stop))?.Description);
        Assert.Null(await jobs.PublishAsync(Subjects.Job("b", "2"), job, JobJson.Default.JobMessage, [], Stop));
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

    private sealed class News : IProgress<string>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Report(string value) => First.TrySetResult(value);
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
        {
            byte[] expected = await File.ReadAllBytesAsync(local[file], Stop);
            Assert.Equal(expected, await File.ReadAllBytesAsync(remote[file], Stop));
        }
    }
}
