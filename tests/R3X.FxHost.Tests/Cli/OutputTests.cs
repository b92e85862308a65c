using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Where the sound goes, and what happens when it cannot.</summary>
public sealed class OutputTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task A_place_where_nothing_can_be_created_is_named() =>
        (await RenderAsync("/proc/r3x.wav")).Ended(1, "\"/proc/r3x.wav\" cannot be written", "-o");

    [Fact]
    public async Task A_folder_that_stands_in_the_way_of_a_folder_is_named()
    {
        lines.Put("file", "I am a file.");
        (await RenderAsync("file/out.wav")).Ended(1, "\"file/out.wav\" cannot be written");
    }

    [Fact]
    public async Task The_input_is_recognised_behind_a_symbolic_link_too()
    {
        byte[] before = lines.Bytes("line.mp3");
        File.CreateSymbolicLink(lines.PathOf("link.mp3"), "line.mp3");
        (await RenderAsync("link.mp3")).Ended(2, "is the input itself");
        Assert.Equal(before, lines.Bytes("line.mp3"));
    }

    [Fact]
    public async Task A_symbolic_link_stays_one_when_its_target_is_written()
    {
        File.CreateSymbolicLink(lines.PathOf("latest.wav"), "target.wav");
        (await RenderAsync("latest.wav")).Ended(0);
        Assert.Equal("target.wav", new FileInfo(lines.PathOf("latest.wav")).LinkTarget);
        Assert.Equal("pcm_s16le", lines.Probe("target.wav", "codec_name"));
    }

    [Fact]
    public async Task A_device_is_written_to_and_never_replaced()
    {
        // Behind a link, so that a mistake here would cost the link and not the machine's device.
        File.CreateSymbolicLink(lines.PathOf("full.wav"), "/dev/full");
        (await RenderAsync("full.wav")).Ended(1, "\"full.wav\" cannot be written", "No space left on device");
        Assert.Equal("/dev/full", new FileInfo(lines.PathOf("full.wav")).LinkTarget);
        Assert.False(File.Exists("/dev/full.part"));
    }

    [Fact]
    public async Task A_full_disk_behind_standard_output_is_an_error_without_a_stack_trace() =>
        (await R3xProcess.ShellAsync(lines.Folder, "\"$R3X\" render line.mp3 -o - > /dev/full")).Ended(1, "Standard output cannot be written", "No space left on device");

    [Fact]
    public async Task A_reader_that_has_enough_ends_an_endless_render_quietly()
    {
        // Endless input: only the closed pipe can end this.
        R3xRun run = await R3xProcess.ShellAsync(lines.Folder, "set -o pipefail; { cat line.raw; cat /dev/zero; } 2>/dev/null | { \"$R3X\" render - --input-format pcm_24000 -o -; echo \"exit $?\" >&2; } | head -c 100 | wc -c");
        Assert.Equal("100", run.Text.Trim());
        Assert.Equal("exit 0", run.Errors.Trim());
    }

    [Fact]
    public async Task Two_renders_into_one_redirected_file_follow_each_other()
    {
        const string Render = "\"$R3X\" render line.mp3 -o - --output-format pcm_24000";
        (await R3xProcess.ShellAsync(lines.Folder, $"{Render} > once.raw; {{ {Render}; {Render}; }} > twice.raw")).Ended(0);
        byte[] once = lines.Bytes("once.raw");
        Assert.Equal([.. once, .. once], lines.Bytes("twice.raw"));
    }

    [Fact]
    public async Task A_missing_folder_of_the_output_is_made()
    {
        (await RenderAsync("new/folder/out.wav")).Ended(0);
        Assert.Equal(["out.wav"], lines.Files("new/folder"));
    }

    [Theory]
    [InlineData("a.raw", "pcm_24000", null)]
    [InlineData("a.ulaw", "ulaw_8000", null)]
    [InlineData("a.wav", null, "24")]
    [InlineData("b.wav", null, "float")]
    [InlineData("a.mp3", null, null)]
    [InlineData("c.wav", "wav_48000", null)]
    public async Task Every_output_format_is_what_it_says(string file, string? format, string? bits)
    {
        string[] options = [.. format is null ? Array.Empty<string>() : ["--output-format", format], .. bits is null ? Array.Empty<string>() : ["--bits", bits]];
        (await RenderAsync(file, options)).Ended(0);
        long bytes = new FileInfo(lines.PathOf(file)).Length;
        double seconds = file switch { "a.raw" => bytes / 48_000.0, "a.ulaw" => bytes / 8_000.0, _ => double.Parse(lines.Probe(file, "duration"), CultureInfo.InvariantCulture) };
        Assert.InRange(seconds, 4.3, 6.5);
        if (file is "a.raw" or "a.ulaw")
            return;
        Assert.Equal(file switch { "a.wav" => "pcm_s24le", "b.wav" => "pcm_f32le", "a.mp3" => "mp3", _ => "pcm_s16le" }, lines.Probe(file, "codec_name"));
        Assert.Equal(file == "c.wav" ? "48000" : "44100", lines.Probe(file, "sample_rate"));
    }

    private Task<R3xRun> RenderAsync(string output, params string[] more) =>
        R3xProcess.RunAsync(lines.Folder, ["render", "line.mp3", "-o", output, .. more]);
}
