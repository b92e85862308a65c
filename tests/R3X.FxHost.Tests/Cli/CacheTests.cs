using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Lines that are kept from one run of the command to the next.</summary>
public sealed class CacheTests : IDisposable
{
    private static readonly string[] Dry = ["--dry", "--level", "off", "--bits", "float"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-cache-");

    private string Kept => Path.Combine(_folder.FullName, "cache", "r3x-lines");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_line_that_was_read_once_is_not_read_again_and_sounds_with_any_preset()
    {
        byte[] line = Line(440);
        (await RunAsync(line, ["render", "-", "--cache", "hello there", "-o", "first.wav", .. Dry])).Ended(0);
        // There is nothing to read.
        (await RunAsync([], ["render", "-", "--cache", "hello there", "-o", "second.wav", .. Dry])).Ended(0);
        Assert.Equal(Read("first.wav"), Read("second.wav"));
        (await RunAsync([], "render", "-", "--cache", "hello there", "-p", "radio", "-o", "radio.wav")).Ended(0);
        Assert.NotEqual(Read("first.wav"), Read("radio.wav"));
        (await RunAsync([], "play", "-", "--cache", "hello there", "--device", "file:played.wav", "--dry")).Ended(
            0, "");
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "played.wav")));
    }

    [Fact]
    public async Task What_is_kept_is_listed_asked_for_and_forgotten()
    {
        R3xRun none = (await RunAsync([], "cache")).Ended(0);
        Assert.Contains($"No line is kept in {Kept}.", none.Text, StringComparison.Ordinal);
        (await RunAsync(Line(440), ["render", "-", "--cache", "one", "-o", "one.wav", .. Dry])).Ended(0);
        (await RunAsync(Line(220), ["render", "-", "--cache", "two\nlines", "-o", "two.wav", .. Dry])).Ended(0);
        string listed = (await RunAsync([], "cache")).Ended(0).Text;
        Assert.Contains("two lines", listed, StringComparison.Ordinal);
        Assert.EndsWith(
            $"2 lines, {2 * Line(440).Length / 1000.0:0.#} kB, in {Kept}.\n", listed, StringComparison.Ordinal);
        Assert.Contains("\"key\": \"two\\nlines\"", (await RunAsync([], "cache", "--json")).Ended(0).Text,
            StringComparison.Ordinal);

        (await RunAsync([], "cache", "has", "one")).Ended(0);
        Assert.Equal(
            "1 line forgotten in " + Kept + ".\n", (await RunAsync([], "cache", "clear", "one")).Ended(0).Text);
        (await RunAsync([], "cache", "has", "one")).Ended(1);
        (await RunAsync([], "cache", "clear", "one")).Ended(2, "No line is kept under \"one\"");
        Assert.Equal("1 line forgotten in " + Kept + ".\n", (await RunAsync([], "cache", "clear")).Ended(0).Text);
    }

    [Fact]
    public async Task What_holds_no_sound_is_said_and_not_kept()
    {
        byte[] page = "{\"detail\":{\"status\":\"quota_exceeded\"}}"u8.ToArray();
        (await RunAsync(page, "render", "-", "--cache", "hello", "-o", "out.wav")).Ended(2, "text, not audio");
        (await RunAsync([], "cache", "has", "hello")).Ended(1);
    }

    [Fact]
    public async Task One_key_stands_for_one_line()
    {
        (await RunAsync([], "render", "a.mp3", "b.mp3", "--cache", "both", "-o", "out/")).Ended(
            2, "--cache keeps one line under its key, and 2 were named.");
        (await RunAsync([], "play", "a.mp3", "--cache", " ")).Ended(2, "--cache takes a key");
    }

    [Fact]
    public async Task Host_yaml_says_where_lines_are_kept()
    {
        string presets = Path.Combine(_folder.FullName, "presets");
        Directory.CreateDirectory(presets);
        await File.WriteAllTextAsync(
            Path.Combine(presets, "host.yaml"), "host: 1\ncache: ../mine\n", TestContext.Current.CancellationToken);
        (await RunAsync(
            Line(440), ["render", "-", "--presets", "presets", "--cache", "hello", "-o", "out.wav", .. Dry])).Ended(0);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder.FullName, "mine")));
        Assert.False(Directory.Exists(Kept));
        (await RunAsync([], "cache", "has", "hello", "--presets", "presets")).Ended(0);
    }

    [Fact]
    public async Task Processes_that_keep_and_find_the_same_lines_at_once_share_one_folder()
    {
        // Each key's line is another; whoever comes first has it kept, and nobody may get a wrong or half one.
        int[] keys = [.. Enumerable.Range(0, 4)];
        R3xRun[] runs = [];
        for (int round = 0; round < 3; round++)
        {
            runs = await Task.WhenAll(keys.SelectMany(key => new[] { 0, 1 }
                .Select(who => RunAsync(Line(200 + (100 * key)),
                    (string[])["render", "-", "--cache", $"line {key}", "-o", $"{key}-{who}.wav", .. Dry]))));
            Assert.All(runs, run => run.Ended(0));
            foreach (int key in keys)
            {
                Assert.Equal(Read($"{key}-0.wav"), Read($"{key}-1.wav"));
                Assert.Equal(Line(200 + (100 * key))[^4_000..], Read($"{key}-0.wav")[^4_000..]);
            }
        }

        Assert.Equal(keys.Length, Directory.EnumerateFiles(Kept).Count());
        // From the folder alone.
        foreach (int key in keys)
            (await RunAsync([], ["render", "-", "--cache", $"line {key}", "-o", $"{key}.wav", .. Dry])).Ended(0);
    }

    private byte[] Read(string file) => File.ReadAllBytes(Path.Combine(_folder.FullName, file));

    private static byte[] Line(double frequency) =>
        FloatWav.Of(TestSignal.Sine(frequency, -12, 48_000, 24_000), 48_000);

    private async Task<R3xRun> RunAsync(byte[] input, params string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Command(_folder.FullName, R3xProcess.Program, arguments);
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder.FullName, "cache");
        using R3xProcess process = R3xProcess.Start(start);
        await process.FeedAsync(input, 0);
        return await process.EndAsync();
    }
}
