using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Presets;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Whatever is turned, in whatever order: the file stays valid, the console quiet, and nothing piles
/// up.</summary>
public sealed class RandomTurningTests(StudioBrowser browser) : IDisposable
{
    private static readonly string[] Everything =
        ["slide", "type", "switch", "choose", "press", "undo", "save", "saved elsewhere"];

    // By then everything has had its turn.
    private const int MostActions = 500;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(30);

    private readonly FxHost _checker = FxHost.Create(
        new FxHostOptions { PresetFolder = Repository.PathOf("presets") });

    public void Dispose() => _checker.Dispose();

    [Fact]
    public Task Random_turning_leaves_a_valid_file_and_no_error() =>
        TurnAsync(seed: 1, notes: 0, (actions, _) => actions >= 50);

    // A text has 20,000 notes: one that was kept every second would add 36 MB to the host and 18 MB to the page from
    // the second quarter of an hour to the last, on average half an hour later.
    [Fact]
    [Trait("Length", "Long")]
    public async Task An_hour_of_random_turning_leaves_memory_level()
    {
        IReadOnlyList<Memories> samples = await TurnAsync(
            seed: 2, notes: 20_000, (_, elapsed) => elapsed >= TimeSpan.FromHours(1));
        int quarter = samples.Count / 4;
        Memories[] before = [.. samples.Skip(quarter).Take(quarter)];
        Memories[] behind = [.. samples.TakeLast(quarter)];
        double host = behind.Average(memory => memory.HostMegabytes) - before.Average(memory => memory.HostMegabytes);
        double page = behind.Average(memory => memory.PageMegabytes) - before.Average(memory => memory.PageMegabytes);
        Tell(FormattableString.Invariant(
            $"the host grew by {host:F1} MB, the page by {page:F2} MB"));
        Assert.InRange(host, double.MinValue, 30);
        Assert.InRange(page, double.MinValue, 10);
    }

    private async Task<IReadOnlyList<Memories>> TurnAsync(int seed, int notes, Func<int, TimeSpan, bool> isEnough)
    {
        await using StudioServer server = await StudioServer.StartAsync();
        string file = server.FileOf("excited");
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)
            + string.Concat(Enumerable.Repeat("# A note of fifty letters, which is kept as it is.\n", notes / 50));
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        IPage page = studio.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "excited", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        ICDPSession session = await Memories.OpenAsync(page);
        var turning = new RandomTurning(page, file, seed);
        var samples = new List<Memories>();
        var clock = Stopwatch.StartNew();
        bool IsDone(int actions) => isEnough(actions, clock.Elapsed)
            && (actions > MostActions || !turning.Missing(Everything).Any());
        for (int actions = 0; !IsDone(actions); actions++)
        {
            await turning.DoAsync();
            if (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) is var now && now != text)
                AssertValid(text = now, turning);
            Assert.True(
                studio.Errors.Count == 0,
                $"{string.Join('\n', studio.Errors)}\n{turning.Log}\nThe server said: {server.Process.Errors}");
            if (clock.Elapsed < SampleEvery * samples.Count)
                continue;
            samples.Add(await Memories.OfAsync(server.Process.Id, session));
            Tell(FormattableString.Invariant(
                $"{clock.Elapsed.TotalMinutes:F1} min, {actions} actions: {samples[^1]}"));
        }

        Assert.Empty(turning.Missing(Everything));
        Tell(string.Join(", ", turning.Counts.Select(count => $"{count.Key} {count.Value}")));
        return samples;
    }

    private static void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);

    private void AssertValid(string text, RandomTurning turning)
    {
        PresetReading reading = _checker.Presets.Read(text, "excited.yaml");
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics) + "\n" + text + "\n" + turning.Log);
    }
}
