using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Input that is not what it should be: sound and a warning where there is sound, an error that says why where
/// there is none.</summary>
public sealed class BadInputTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task A_pipe_is_read_and_one_that_nobody_writes_into_is_given_up()
    {
        NamedPipe.Create(lines.Folder, "pipe.wav");
        (await RenderAsync("pipe.wav")).Ended(1, "Nobody writes into the pipe \"pipe.wav\"");
        const string Piped = "cat line.wav > pipe.wav & $R3X render pipe.wav -o piped-by-name.wav";
        (await R3xProcess.ShellAsync(lines.Folder, Piped)).Ended(0);
        (await RenderAsync("line.wav", "by-name.wav")).Ended(0);
        Assert.Equal(lines.Bytes("by-name.wav"), lines.Bytes("piped-by-name.wav"));
    }

    [Fact]
    public async Task A_missing_file_is_named() =>
        (await RenderAsync("nowhere.mp3")).Ended(2, "There is no file", "nowhere.mp3");

    [Fact]
    public async Task An_empty_file_is_called_empty()
    {
        lines.Put("empty.mp3", "");
        (await RenderAsync("empty.mp3")).Ended(2, "empty.mp3: ", "empty");
    }

    [Fact]
    public async Task Text_named_mp3_is_recognised_as_text()
    {
        lines.Put("text.mp3", "Dear diary, today I was renamed.\n");
        (await RenderAsync("text.mp3")).Ended(2, "text.mp3: ", "text, not audio");
    }

    [Fact]
    public async Task An_mp3_cut_in_a_frame_is_rendered_with_a_warning()
    {
        lines.Put("cut.mp3", lines.Mp3[..20_001]);
        (await RenderAsync("cut.mp3", "cut.wav")).Ended(0, "warning", "cut frame was left out");
        Assert.Equal("44100", lines.Probe("cut.wav", "sample_rate"));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(500_000_000)]
    public async Task A_wav_file_that_states_more_than_it_holds_is_rendered_with_a_warning(long stated)
    {
        lines.Put("lying.wav", SpokenLines.Wav(lines.Raw, stated));
        (await RenderAsync("lying.wav", "lied.wav")).Ended(0, "warning", "header");
        (await RenderAsync("line.wav", "true.wav")).Ended(0);
        Assert.Equal(lines.Bytes("true.wav"), lines.Bytes("lied.wav"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xffff_ffff)]
    public async Task A_wav_file_without_a_size_as_a_pipe_has_it_is_rendered_to_its_end(long stated)
    {
        (await R3xProcess.RunAsync(lines.Folder, SpokenLines.Wav(lines.Raw, stated), 0, "render", "-", "-o",
            "piped.wav")).Ended(0, "warning", "does not say how long it is");
        (await RenderAsync("line.wav", "whole.wav")).Ended(0);
        Assert.Equal(lines.Bytes("whole.wav"), lines.Bytes("piped.wav"));
    }

    [Fact]
    public async Task An_odd_last_byte_of_samples_is_left_out_with_a_warning()
    {
        lines.Put("odd.raw", [.. lines.Raw, 7]);
        (await RenderAsync("odd.raw", "odd.wav", "--input-format", "pcm_24000")).Ended(
            0, "warning", "unfinished frame was left out");
        (await RenderAsync("line.raw", "even.wav", "--input-format", "pcm_24000")).Ended(0);
        Assert.Equal(lines.Bytes("even.wav"), lines.Bytes("odd.wav"));
    }

    [Theory]
    [InlineData("line.raw")]
    [InlineData("-")]
    public async Task Headerless_samples_ask_for_the_name_of_their_format(string input)
    {
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, lines.Raw, 0, "render", input, "-o", "headerless.wav");
        run.Ended(2, "--input-format pcm_24000");
        Assert.False(File.Exists(lines.PathOf("headerless.wav")));
    }

    [Fact]
    public async Task An_unknown_input_format_brings_the_nearest() =>
        (await RenderAsync("line.raw", "x.wav", "--input-format", "pmc_24000")).Ended(
            2, "pmc_24000", "Did you mean", "pcm_24000");

    [Fact]
    public async Task A_folder_cannot_be_played() =>
        (await R3xProcess.RunAsync(lines.Folder, "play", ".")).Ended(2, "is a folder");

    [Fact]
    public async Task A_folder_without_sound_has_nothing_to_render()
    {
        lines.Put("letters/diary.txt", "Dear diary.");
        (await RenderAsync("letters", "spoken/")).Ended(2, "no audio file in \"letters\"");
    }

    [Fact]
    public async Task Nothing_is_left_of_a_line_that_could_not_be_rendered()
    {
        lines.Put("broken/broken.mp3", "no sound at all");
        (await RenderAsync("broken/broken.mp3", "broken/out.wav")).Ended(2);
        Assert.Equal(["broken.mp3"], lines.Files("broken"));
    }

    private Task<R3xRun> RenderAsync(string input, string output = "never.wav", params string[] more) =>
        R3xProcess.RunAsync(lines.Folder, ["render", input, "-o", output, .. more]);
}
