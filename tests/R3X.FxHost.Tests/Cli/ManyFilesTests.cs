using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Many lines in one run.</summary>
public sealed class ManyFilesTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task Many_files_give_what_each_gives_alone_and_a_broken_one_stops_none()
    {
        string[] names = ["a", "b", "c"];
        foreach ((string name, int i) in names.Select((name, i) => (name, i)))
            lines.Put($"in/{name}.wav", SpokenLines.Wav(lines.Raw[(i * 8_000)..], lines.Raw.Length - (i * 8_000)));
        lines.Put("in/broken.mp3", "I am no sound.");
        lines.Put("in/notes.txt", "Not a line either, and not asked for.");
        foreach (string hidden in (string[])["._a.wav", ".hidden.wav", ".#b.mp3", "#c.wav#", "a.wav~", "b.wav.bak"])
            lines.Put("in/" + hidden, "What macOS and editors leave beside a line.");
        R3xRun run = await R3xProcess.RunAsync(
            lines.Folder, "render", "in", "-o", "out", "--seed", "5", "--preset", "excited");
        run.Ended(2, "in/broken.mp3: ", "3 of 4 files were rendered.");
        Assert.Equal([".r3x-rendered", "a.wav", "b.wav", "c.wav", "failed.txt"], lines.Files("out"));
        foreach (string name in names)
        {
            await R3xProcess.RunAsync(
                lines.Folder, "render", $"in/{name}.wav", "-o", "alone.wav", "--seed", "5", "--preset", "excited");
            Assert.Equal(lines.Bytes("alone.wav"), lines.Bytes($"out/{name}.wav"));
        }
    }

    [Fact]
    public async Task Named_files_go_to_a_folder_in_the_format_asked_for()
    {
        lines.Put("one.mp3", lines.Mp3[..16_000]);
        lines.Put("two.mp3", lines.Mp3[..18_000]);
        R3xRun run = await R3xProcess.RunAsync(
            lines.Folder, "render", "one.mp3", "two.mp3", "-o", "named/", "--output-format", "pcm_16000");
        run.Ended(0, "one.mp3: ", "two.mp3: ");
        Assert.Equal(["one.raw", "two.raw"], lines.Files("named"));
    }

    [Fact]
    public async Task Progress_is_drawn_on_a_terminal_and_nowhere_else()
    {
        lines.Put("few/one.mp3", lines.Mp3);
        lines.Put("few/two.mp3", lines.Mp3);
        R3xRun piped = (await R3xProcess.RunAsync(lines.Folder, "render", "few", "-o", "quiet")).Ended(0);
        Assert.Empty(piped.Output);
        R3xRun seen = await R3xProcess.ShellAsync(
            lines.Folder, "TERM=xterm-256color COLUMNS=100 script -qec \"'$R3X' render few -o seen\" /dev/null");
        Assert.Equal(0, seen.ExitCode);
        Assert.Contains("2 files", seen.Text, StringComparison.Ordinal);
        Assert.Contains("100%", seen.Text, StringComparison.Ordinal);
        Assert.Contains('\u001b', seen.Text);
        Assert.Equal(lines.Bytes("quiet/one.wav"), lines.Bytes("seen/one.wav"));
    }
}
