using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Decoding;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary><c>r3x profile</c>, and <c>analyze</c> with what it wrote.</summary>
public sealed class ProfileTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task A_folder_of_recordings_becomes_a_profile_that_analyze_compares_with()
    {
        lines.Put("clips/a.wav", Fixture.Run("espeak-ng", [], ["-v", "en-us", "--stdout", Spoken.Text]));
        lines.Put("clips/b.wav", Fixture.Run("espeak-ng", [], ["-v", "en-us", "-s", "150", "--stdout", Spoken.Text]));
        lines.Put("clips/notes.txt", "no sound");
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "profile", "clips", "-o", "out/robot.json"))
            .Ended(0, "does not say how long it is");
        Assert.Contains("Written: out/robot.json", run.Text, StringComparison.Ordinal);
        Assert.Contains("None left out", run.Text, StringComparison.Ordinal);

        R3xRun own = (await R3xProcess.RunAsync(
            lines.Folder, "analyze", "clips/a.wav", "--profile", "out/robot.json", "--json", "--no-picture"))
                .Ended(0, "does not say how long it is");
        using JsonDocument row = JsonDocument.Parse(own.Output);
        JsonElement likeness = row.RootElement.GetProperty("likeness");
        Assert.Equal("robot", likeness.GetProperty("character").GetString());
        Assert.InRange(likeness.GetProperty("sound").GetDouble(), 0, 1.2);
    }

    [Fact]
    public async Task Few_pieces_are_warned_of_with_the_expected_error_and_the_profile_can_go_into_a_pipe()
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "profile", "line.mp3", "-o", "-"))
            .Ended(0, "expect an error of");
        using JsonDocument profile = JsonDocument.Parse(run.Output);
        Assert.Equal(23, profile.RootElement.GetProperty("tone").GetProperty("spread").GetArrayLength());
    }

    [Fact]
    public async Task Recordings_with_noise_under_them_are_named_and_left_out()
    {
        byte[] noisy = Fixture.Run(
            "ffmpeg",
            lines.Bytes("line.wav"),
            [
                "-v", "error", "-i", "pipe:0", "-f", "lavfi", "-i", "anoisesrc=a=0.03:seed=1:r=24000",
                "-filter_complex", "amix=duration=first", "-f", "wav", "pipe:1",
            ]);
        lines.Put("noisy.wav", noisy);
        string[] both = ["profile", "line.mp3", "noisy.wav", "-o", "p.json", "--json"];
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, both))
            .Ended(0, "Left out: noisy.wav", "music or noise under it");
        using JsonDocument report = JsonDocument.Parse(run.Output);
        Assert.All(report.RootElement.GetProperty("pieces").EnumerateArray(), piece => Assert.Equal(
            "line.mp3", piece.GetProperty("file").GetString()));
        Assert.NotEqual(0, report.RootElement.GetProperty("rejected").GetArrayLength());
        (await R3xProcess.RunAsync(lines.Folder, "profile", "noisy.wav", "-o", "q.json"))
            .Ended(2, "music or noise", "--keep-noise");
        Assert.False(File.Exists(lines.PathOf("q.json")));
        (await R3xProcess.RunAsync(lines.Folder, "profile", "noisy.wav", "-o", "q.json", "--keep-noise"))
            .Ended(0, "expect an error of");
    }

    [Fact]
    public async Task What_no_profile_can_be_made_of_is_refused()
    {
        lines.Put("still.wav", SpokenLines.Wav(new byte[96_000], 96_000));
        lines.Put("word.wav", SpokenLines.Wav(lines.Raw[..9_600], 9_600));
        Directory.CreateDirectory(lines.PathOf("empty"));
        (await R3xProcess.RunAsync(lines.Folder, "profile", "still.wav", "-o", "p.json"))
            .Ended(2, "still.wav", "no speech");
        (await R3xProcess.RunAsync(lines.Folder, "profile", "word.wav", "-o", "p.json")).Ended(2, "word.wav", "speech");
        (await R3xProcess.RunAsync(lines.Folder, "profile", "empty", "-o", "p.json")).Ended(2, "no audio file");
        (await R3xProcess.RunAsync(lines.Folder, "profile", "nowhere.wav", "-o", "p.json")).Ended(2, "nowhere.wav");
        (await R3xProcess.RunAsync(lines.Folder, "profile", "line.mp3", "line.mp3", "-o", "p.json")).Ended(2, "twice");
        (await R3xProcess.RunAsync(lines.Folder, "profile", "line.mp3")).Ended(2, "-o character.json");
        (await R3xProcess.RunAsync(lines.Folder, "profile", "-", "-o", "p.json")).Ended(2, "files");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", "line.mp3", "--profile", "line.mp3"))
            .Ended(2, "line.mp3", "no profile");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", "line.mp3", "--profile", "nowhere.json"))
            .Ended(2, "nowhere.json");
    }

    [Fact]
    public async Task Against_the_dry_line_its_likeness_stands_beside()
    {
        string[] words = ["analyze", "line.wav", "--against", "line.mp3", "--no-picture"];
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, words)).Ended(0);
        foreach (string measure in new[] { "tone ", "metal ", "texture ", "likeness ", "pitch ", "melody " })
        {
            string row = run.Text.Split('\n').Single(row => row.StartsWith(measure, StringComparison.Ordinal));
            Assert.Contains(", before ", row, StringComparison.Ordinal);
        }
    }
}
