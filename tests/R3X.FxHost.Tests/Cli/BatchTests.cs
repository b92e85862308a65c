using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Whole folders, and several presets.</summary>
public sealed class BatchTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    private static readonly string[] Inputs = ["hall/a.wav", "hall/deep/b.wav", "yard/a.wav"];

    [Fact]
    public async Task Every_line_goes_through_every_preset_and_folders_stay_as_they_are()
    {
        Put("game");
        lines.Put("game/hall/notes.txt", "No line.");
        await RenderAsync("game", "game/out", "--presets", "excited,radio").EndedAsync();
        foreach (string preset in (string[])["excited", "radio"])
        {
            foreach (string input in Inputs)
            {
                await RenderAsync("game/" + input, "alone.wav", "--preset", preset).EndedAsync();
                Assert.Equal(lines.Bytes("alone.wav"), lines.Bytes($"game/out/{preset}/{input}"));
            }
        }

        // What was written among the lines is no line.
        (await RenderAsync("game", "game/out", "--presets", "excited,radio")).Ended(0, "6 of 6 files were there");
        Assert.False(Directory.Exists(lines.PathOf("game/out/excited/out")));
    }

    [Fact]
    public async Task A_run_renders_what_is_missing_or_not_right_and_nothing_else()
    {
        Put("again");
        await RenderAsync("again", "done", "--presets", "excited,radio").EndedAsync();
        DateTime[] before = Written();
        byte[] right = lines.Bytes("done/radio/yard/a.wav");
        File.Delete(lines.PathOf("done/excited/hall/a.wav"));
        File.WriteAllBytes(lines.PathOf("done/radio/yard/a.wav"), right[..^100]);
        (await RenderAsync("again", "done", "--presets", "excited,radio")).Ended(0, "4 of 6 files were there already.");
        Assert.Equal(right, lines.Bytes("done/radio/yard/a.wav"));
        Assert.Equal(2, before.Zip(Written()).Count(pair => pair.First != pair.Second));
        // Another sound is another job, and so is another line.
        (await RenderAsync("again", "done", "--presets", "excited,radio", "--amount", "50%")).Ended(0);
        lines.Put("again/yard/a.wav", SpokenLines.Wav(lines.Raw[..9_000], 9_000));
        (await RenderAsync("again", "done", "--presets", "excited,radio", "--amount", "50%"))
            .Ended(0, "4 of 6 files were there already.");
    }

    [Fact]
    public async Task What_failed_is_listed_with_its_reason_and_tried_again()
    {
        Put("some");
        lines.Put("some/bad.mp3", "I am no sound.");
        (await RenderAsync("some", "part", "--presets", "excited,radio")).Ended(
            2, "some/bad.mp3 (radio): ", "6 of 8 files were rendered.", "failed.txt");
        Assert.Equal(2, File.ReadAllLines(lines.PathOf("part/failed.txt")).Length);
        File.Delete(lines.PathOf("some/bad.mp3"));
        (await RenderAsync("some", "part", "--presets", "excited,radio")).Ended(0, "6 of 6");
        Assert.False(File.Exists(lines.PathOf("part/failed.txt")));
    }

    [Fact]
    public async Task A_killed_run_leaves_nothing_half_written_under_its_name_and_the_next_goes_on()
    {
        for (int i = 0; i < 40; i++)
            lines.Put($"many/{i:00}.wav", SpokenLines.Wav(lines.Raw[(i * 100)..], lines.Raw.Length - (i * 100)));
        using (R3xProcess killed = R3xProcess.Start(R3xProcess.Command(
            lines.Folder, R3xProcess.Program, "render", "many", "-o", "kept", "--presets", "excited,radio")))
        {
            while (!Directory.Exists(lines.PathOf("kept/radio")) || lines.Files("kept/radio").Length < 4)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            killed.Signal(9);
            await killed.EndAsync();
        }

        R3xRun run = (await RenderAsync("many", "kept", "--presets", "excited,radio")).Ended(0, "of 80 files were");
        Assert.DoesNotContain("r3x: 0 of", run.Errors, StringComparison.Ordinal);
        await RenderAsync("many", "fresh", "--presets", "excited,radio").EndedAsync();
        foreach (string file in lines.Files("fresh/radio"))
            Assert.Equal(lines.Bytes("fresh/radio/" + file), lines.Bytes("kept/radio/" + file));
        Assert.Equal(lines.Files("fresh/excited"), lines.Files("kept/excited"));
    }

    [Theory]
    [InlineData("--presets excited,,radio", "a preset is missing between the commas")]
    [InlineData("--presets excited,radoi", "There is no preset \"radoi\"")]
    [InlineData("--presets radoi", "there is no such folder. Check the path. One preset is --preset radoi.")]
    [InlineData("--presets excited,radio --preset happy", "Put all into one list")]
    [InlineData("--presets excited,radio --dry", "--dry leaves every effect out")]
    [InlineData("--preset excited --workers nats://127.0.0.1:1 --report", "Leave one of them out.")]
    public async Task What_does_not_go_together_is_refused(string options, string said) =>
        (await R3xProcess.RunAsync(lines.Folder, ["render", "line.mp3", "-o", "x/", .. options.Split(' ')]))
            .Ended(2, said);

    [Fact]
    public async Task Two_lines_that_would_be_one_file_are_refused()
    {
        lines.Put("twins/a.wav", "");
        lines.Put("twins/a.mp3", "");
        (await RenderAsync("twins", "x/")).Ended(2, "would both be written to");
    }

    private void Put(string folder)
    {
        foreach ((string name, int i) in Inputs.Select((name, i) => (name, i)))
            lines.Put($"{folder}/{name}", SpokenLines.Wav(lines.Raw[(i * 8_000)..], lines.Raw.Length - (i * 8_000)));
    }

    private DateTime[] Written() =>
    [
        .. Directory.EnumerateFiles(lines.PathOf("done"), "*.wav", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.GetLastWriteTimeUtc),
    ];

    private Task<R3xRun> RenderAsync(string input, string output, params string[] options) =>
        R3xProcess.RunAsync(lines.Folder, ["render", input, "-o", output, .. options]);
}

internal static class R3xRuns
{
    /// <summary>A run that ends well and says nothing.</summary>
    public static async Task EndedAsync(this Task<R3xRun> run) => (await run).Ended(0);
}
