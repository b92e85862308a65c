using System;
using System.Globalization;
using System.IO;
using System.Linq;
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

    [Theory]
    [InlineData("-o /dev/stdout > out.bin")]
    [InlineData("-o /dev/stdout | cat > out.bin")]
    [InlineData("-o >(cat > out.bin; touch done); until [ -e done ]; do sleep 0.05; done")]
    [InlineData("-o /dev/fd/7 7> out.bin")]
    [InlineData("-o /proc/self/fd/1 > out.bin")]
    public async Task What_the_shell_opened_is_written_as_it_was_opened(string output)
    {
        (await RenderAsync("usual.wav")).Ended(0);
        File.Delete(lines.PathOf("out.bin"));
        File.Delete(lines.PathOf("done"));
        (await R3xProcess.ShellAsync(lines.Folder, $"\"$R3X\" render line.mp3 {output}")).Ended(0);
        byte[] written = lines.Bytes("out.bin");
        // A pipe's header cannot say how long it will be.
        Assert.Equal(lines.Bytes("usual.wav")[44..], written[44..]);
    }

    [Fact]
    public async Task What_is_appended_to_standard_output_stays_behind_what_is_there()
    {
        const string Append = "printf 1234 > appended.bin; \"$R3X\" render line.mp3 -o /dev/stdout >> appended.bin";
        (await R3xProcess.ShellAsync(lines.Folder, Append)).Ended(0);
        Assert.Equal("1234RIFF"u8.ToArray(), lines.Bytes("appended.bin")[..8]);
    }

    [Fact]
    public async Task A_number_under_which_nothing_is_open_is_named() =>
        (await RenderAsync("/dev/fd/900"))
            .Ended(1, "\"/dev/fd/900\" cannot be written", "The shell opened nothing there");

    [Theory]
    [InlineData("-o droid.wav")]
    [InlineData("-o - > droid.wav")]
    public async Task The_demo_is_written_where_it_is_told_to(string output)
    {
        File.Delete(lines.PathOf("droid.wav"));
        (await R3xProcess.ShellAsync(lines.Folder, $"\"$R3X\" demo {output}")).Ended(0);
        Assert.Equal("pcm_s16le", lines.Probe("droid.wav", "codec_name"));
        Assert.False(File.Exists(lines.PathOf("r3x-demo.wav")));
    }

    [Fact]
    public async Task A_picture_nobody_named_is_drawn_in_the_working_folder_and_not_beside_the_sound()
    {
        string elsewhere = Directory.CreateDirectory(lines.PathOf("elsewhere")).FullName;
        (await R3xProcess.RunAsync(elsewhere, "analyze", "../line.wav")).Ended(0);
        Assert.True(File.Exists(lines.PathOf("elsewhere/line.wav.png")));
        Assert.False(File.Exists(lines.PathOf("line.wav.png")));
        (await R3xProcess.RunAsync(elsewhere, "analyze", "../line.wav", "-o", "named.png")).Ended(0);
        Assert.True(File.Exists(lines.PathOf("elsewhere/named.png")));
    }

    [Fact]
    public async Task Without_a_temporary_folder_lines_are_rendered_and_what_needs_one_says_so()
    {
        (await R3xProcess.ShellAsync(lines.Folder, "TMPDIR=/nonexistent \"$R3X\" render line.mp3 -o out.wav")).Ended(0);
        lines.Ffmpeg("-i", "line.mp3", "-c:a", "aac", "late.m4a");
        (await R3xProcess.ShellAsync(lines.Folder, "TMPDIR=/nonexistent \"$R3X\" render late.m4a -o out.wav"))
            .Ended(1, "table of contents at its end", "/nonexistent", "TMPDIR", "+faststart");
    }

    [Fact]
    public async Task Nothing_is_left_in_the_temporary_folder_or_beside_the_input()
    {
        string temporary = Directory.CreateDirectory(lines.PathOf("temporary")).FullName;
        string input = Directory.CreateDirectory(lines.PathOf("input")).FullName;
        string working = Directory.CreateDirectory(lines.PathOf("working")).FullName;
        File.Copy(lines.PathOf("line.mp3"), Path.Combine(input, "line.mp3"));
        lines.Ffmpeg("-i", "line.mp3", "-c:a", "aac", "input/late.m4a");
        string[] before = Directory.GetFileSystemEntries(input);
        foreach (string command in new[]
        {
            "render ../input/line.mp3 -o out.wav", "render ../input/late.m4a -o out.wav", "analyze ../input/line.mp3",
            "presets check", "effects", "play ../input/line.mp3 --device null", "demo -o demo.wav",
        })
        {
            R3xRun run = await R3xProcess.ShellAsync(working, $"TMPDIR='{temporary}' \"$R3X\" {command}");
            Assert.Equal(0, run.ExitCode);
        }

        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(input).Order());
    }

    [Fact]
    public async Task A_full_disk_behind_standard_output_is_an_error_without_a_stack_trace() =>
        (await R3xProcess.ShellAsync(lines.Folder, "\"$R3X\" render line.mp3 -o - > /dev/full")).Ended(
            1, "Standard output cannot be written", "No space left on device");

    [Fact]
    public async Task A_reader_that_has_enough_ends_an_endless_render_quietly()
    {
        // Endless input: only the closed pipe can end this.
        R3xRun run = await R3xProcess.ShellAsync(
            lines.Folder, "set -o pipefail; { cat line.raw; cat /dev/zero; } 2>/dev/null | { \"$R3X\" render - "
            + "--input-format pcm_24000 -o -; echo \"exit $?\" >&2; } | head -c 100 | wc -c");
        Assert.Equal("100", run.Text.Trim());
        Assert.Equal("exit 0", run.Errors.Trim());
    }

    [Fact]
    public async Task Two_renders_into_one_redirected_file_follow_each_other()
    {
        const string Render = "\"$R3X\" render line.mp3 -o - --output-format pcm_24000";
        (await R3xProcess.ShellAsync(lines.Folder, $"{Render} > once.raw; {{ {Render}; {Render}; }} > twice.raw"))
            .Ended(0);
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
        string[] options = [.. format is null ? Array.Empty<string>() : ["--output-format", format],
            .. bits is null ? Array.Empty<string>() : ["--bits", bits]];
        (await RenderAsync(file, options)).Ended(0);
        long bytes = new FileInfo(lines.PathOf(file)).Length;
        double seconds = file switch { "a.raw" => bytes / 48_000.0, "a.ulaw" => bytes / 8_000.0,
            _ => double.Parse(lines.Probe(file, "duration"), CultureInfo.InvariantCulture) };
        Assert.InRange(seconds, 4.3, 6.5);
        if (file is "a.raw" or "a.ulaw")
            return;
        Assert.Equal(file switch { "a.wav" => "pcm_s24le", "b.wav" => "pcm_f32le", "a.mp3" => "mp3", _ => "pcm_s16le" },
            lines.Probe(file, "codec_name"));
        Assert.Equal(file == "c.wav" ? "48000" : "44100", lines.Probe(file, "sample_rate"));
    }

    private Task<R3xRun> RenderAsync(string output, params string[] more) =>
        R3xProcess.RunAsync(lines.Folder, ["render", "line.mp3", "-o", output, .. more]);
}
