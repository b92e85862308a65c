using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Whatever is turned, in whatever order: the file stays valid, the console quiet, and nothing piles
/// up.</summary>
public sealed class RandomTurningTests(StudioBrowser browser) : IDisposable
{
    private static readonly string[] Everything =
        ["slide", "type", "switch", "choose", "press", "undo", "save", "saved elsewhere"];

    private readonly FxHost _checker = FxHost.Create(
        new FxHostOptions { PresetFolder = Repository.PathOf("presets") });

    public void Dispose() => _checker.Dispose();

    [Fact]
    public Task Random_turning_leaves_a_valid_file_and_no_error() => TurnAsync(seed: 1, done => done.Actions >= 120);

    [Fact]
    [Trait("Length", "Long")]
    public async Task An_hour_of_random_turning_leaves_memory_level()
    {
        var hour = TimeSpan.FromHours(1);
        string? shorter = Environment.GetEnvironmentVariable("R3X_TURNING_MINUTES");
        if (shorter is not null)
            hour = TimeSpan.FromMinutes(int.Parse(shorter, System.Globalization.CultureInfo.InvariantCulture));
        await TurnAsync(seed: 2, done => done.Elapsed >= hour);
    }

    private async Task TurnAsync(int seed, Func<(int Actions, TimeSpan Elapsed), bool> isEnough)
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        IPage page = studio.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "excited", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Sound", Exact = true }).WaitForAsync();
        string file = server.FileOf("excited");
        var turning = new RandomTurning(page, file, seed);
        string text = "";
        var clock = Stopwatch.StartNew();
        for (int actions = 0; !isEnough((actions, clock.Elapsed)); actions++)
        {
            await turning.DoAsync();
            if (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) is var now && now != text)
                AssertValid(text = now, turning);
            Assert.True(studio.Errors.Count == 0, string.Join('\n', studio.Errors) + "\n" + turning.Log);
        }

        foreach ((string what, int times) in turning.Counts)
            TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {times}");
        Assert.Empty(turning.Missing(Everything));
    }

    private void AssertValid(string text, RandomTurning turning)
    {
        PresetReading reading = _checker.Presets.Read(text, "excited.yaml");
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics) + "\n" + text + "\n" + turning.Log);
    }
}
