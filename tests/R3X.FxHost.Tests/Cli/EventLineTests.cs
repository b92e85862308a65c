using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>What a program reads that has lines played, and music under them.</summary>
public sealed class EventLineTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task Every_event_is_a_line_with_device_time_in_the_order_in_which_it_is_heard()
    {
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, "play", "line.wav", "--device", "null", "--background",
            "line.wav", "--background-level", "-20", "--events");
        run.Ended(0);
        string[][] told =
            [.. run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        Assert.Equal(
            ["queued", "buffering", "speaking", "done"],
            told.Where(line => line[1] is not ("mic" or "duck" or "unduck" or "draining")).Select(line => line[1]));
        Assert.Equal(["mute", "open"], Ends(told.Where(line => line[1] == "mic").Select(line => line[2])));
        Assert.Equal(["duck\t-12\t500", "unduck\t0\t500"], Ends(told.Where(line =>
            line[1].EndsWith("duck", StringComparison.Ordinal)).Select(line => string.Join('\t', line[1..]))));
        Assert.True(At("mic") <= At("speaking"));
        Assert.Equal(At("speaking"), At("duck"));

        // On a machine that is busy with other things the line may stall, and the music come up in between.
        static string[] Ends(IEnumerable<string> words) => [words.First(), words.Last()];

        double At(string word) => double.Parse(told.First(line => line[1] == word)[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_missing_background_or_an_impossible_level_is_wrong_usage_and_one_without_sound_costs_no_line()
    {
        (await R3xProcess.RunAsync(lines.Folder, "play", "line.wav", "--device", "null", "--background", "nowhere.mp3"))
            .Ended(2, "nowhere.mp3");
        (await R3xProcess.RunAsync(lines.Folder, "play", "line.wav", "--device", "null", "--background", "line.wav",
            "--background-level", "6")).Ended(2, "-60 to 0 dB");
        await System.IO.File.WriteAllTextAsync(
            lines.PathOf("silent.mp3"), "no sound", TestContext.Current.CancellationToken);
        (await R3xProcess.RunAsync(lines.Folder, "play", "line.wav", "--device", "null", "--background", "silent.mp3"))
            .Ended(0, "the background was not played to its end");
    }
}
