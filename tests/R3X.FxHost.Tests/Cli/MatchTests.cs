using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary><c>r3x match</c>: what it says, writes and refuses.</summary>
public sealed class MatchTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task A_preset_is_written_beside_a_picture_and_the_same_seed_gives_the_same_file()
    {
        lines.Put("robot.wav", Filtered("highpass=f=500,equalizer=f=1800:t=o:w=1.5:g=10,lowpass=f=5000"));
        string[] fit = ["match", "robot.wav", "--voice", "line.wav", "--search", "20", "-o"];
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, [.. fit, "robot.yaml"]);
        run.Ended(0, "say little");
        string[] told =
        [
            "dry", "dj-r3x", "match", "least STOI", "No score hears a performance",
            "Written: robot.yaml", "Drawn: robot.png",
        ];
        foreach (string words in told)
            Assert.Contains(words, run.Text, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], lines.Bytes("robot.png")[..4]);
        (await R3xProcess.RunAsync(
            lines.Folder, "render", "line.wav", "--preset", "./robot.yaml", "-o", "robot-line.wav")).Ended(0);

        (await R3xProcess.RunAsync(lines.Folder, [.. fit, "again/robot.yaml", "--no-picture"])).Ended(0, "say little");
        Assert.Equal(lines.Bytes("robot.yaml"), lines.Bytes("again/robot.yaml"));
        Assert.False(File.Exists(lines.PathOf("again/robot.png")));

        (await R3xProcess.RunAsync(lines.Folder, [.. fit, "robot.yaml"])).Ended(
            2, "\"robot.yaml\" is there already and", "remove it first");
    }

    [Fact]
    public async Task Where_nothing_is_better_than_dry_it_says_so_and_writes_no_preset()
    {
        R3xRun run = await R3xProcess.RunAsync(
            lines.Folder, "match", "line.wav", "--voice", "line.wav", "-o", "none.yaml", "--no-picture");
        run.Ended(0, "say little");
        Assert.Contains("No preset:", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("none.yaml", string.Join(' ', lines.Files()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Music_20_dB_under_the_recordings_is_noticed()
    {
        const string Mixed = "[0]loudnorm=I=-20[a];[1]volume=-20dB[b];[a][b]amix=duration=first:normalize=0";
        string[] mix = ["-v", "error", "-i", "pipe:0", "-f", "lavfi", "-i", "sine=220:d=20", "-filter_complex", Mixed];
        byte[] music = Fixture.Run("ffmpeg", lines.Bytes("line.wav"), [.. mix, "-f", "wav", "pipe:1"]);
        lines.Put("music.wav", music);
        (await R3xProcess.RunAsync(
            lines.Folder, "match", "music.wav", "--voice", "line.wav", "-o", "music.yaml")).Ended(
            2, "music or noise under it");
    }

    [Theory]
    [InlineData("still.wav: there is no speech in it", "dj-r3x", "--voice", "still.wav")]
    [InlineData("s of voice say too little", "dj-r3x", "--voice", "short.wav")]
    [InlineData("missing.wav\". Check the path.", "dj-r3x", "--voice", "missing.wav")]
    [InlineData("text.wav: ", "dj-r3x", "--voice", "text.wav")]
    [InlineData("nobody", "dj-r3x", "--voice", "line.wav", "--against", "nobody")]
    [InlineData("is a profile and stands alone", "line.wav", "dj-r3x", "--voice", "line.wav")]
    [InlineData("\"text.json\" cannot be used", "text.json", "--voice", "line.wav")]
    [InlineData("do not go together", "dj-r3x", "--voice", "line.wav", "--picture", "a.png", "--no-picture")]
    [InlineData("--voice", "dj-r3x")]
    public async Task What_cannot_be_is_named(string said, params string[] arguments)
    {
        lines.Put("still.wav", SpokenLines.Wav(new byte[144_000], 144_000));
        lines.Put("short.wav", SpokenLines.Wav(lines.Raw[..48_000], 48_000));
        lines.Put("text.wav", "This is no sound.");
        lines.Put("text.json", "{ \"no\": \"profile\" }");
        R3xRun run = await R3xProcess.RunAsync(lines.Folder, ["match", .. arguments, "-o", "never.yaml"]);
        run.Ended(2, said);
        Assert.DoesNotContain(lines.Files(), file => file.StartsWith("never", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told_before_the_work() =>
        (await R3xProcess.RunAsync(
            lines.Folder, "match", "dj-r3x", "--voice", "missing.wav", "-o", "/proc/never.yaml")).Ended(
            1, "cannot be written");

    private byte[] Filtered(string filter) =>
        Fixture.Run(
            "ffmpeg", lines.Bytes("line.wav"), ["-v", "error", "-i", "pipe:0", "-af", filter, "-f", "wav", "pipe:1"]);
}
