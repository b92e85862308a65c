using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary><c>r3x analyze</c>, on real files.</summary>
public sealed class AnalyzeTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task A_line_is_measured_and_drawn_beside_its_file()
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "analyze", "line.wav")).Ended(0);
        string[] said =
            ["loudness", "LUFS", "true peak", "dBTP", "crest factor", "likeness", "DJ R-3X", "line.wav.png"];
        foreach (string words in said)
            Assert.Contains(words, run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("intelligibility", run.Text, StringComparison.Ordinal);

        // Another program can read the picture, and it is not empty.
        byte[] pixels = Fixture.Run("ffmpeg", lines.Bytes("line.wav.png"),
            ["-v", "error", "-f", "png_pipe", "-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]);
        Assert.Equal(0, pixels.Length % (1_280 * 3));
        Assert.InRange(new System.Collections.Generic.HashSet<byte>(pixels).Count, 100, 256);
    }

    [Fact]
    public async Task Against_what_it_was_made_from_it_tells_what_changed()
    {
        // Half as loud and 20 ms later.
        byte[] late = Fixture.Run("ffmpeg", lines.Bytes("line.wav"),
            ["-v", "error", "-i", "pipe:0", "-af", "adelay=20,volume=0.5", "-f", "wav", "pipe:1"]);
        lines.Put("late.wav", late);
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "analyze", "late.wav", "--against", "line.wav", "--json",
            "--picture", "sub/against.png")).Ended(0, "does not say how long it is");
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        JsonElement against = parsed.RootElement.GetProperty("against");
        Assert.Equal(20, against.GetProperty("delayMs").GetDouble(), 0.05);
        Assert.InRange(against.GetProperty("stoi").GetDouble(), 0.99, 1);
        Assert.Equal(-6, against.GetProperty("loudnessDifferenceLu").GetDouble(), 0.3);
        Assert.Equal("sub/against.png", parsed.RootElement.GetProperty("picture").GetString());
        Assert.True(File.Exists(lines.PathOf("sub/against.png")));
    }

    [Fact]
    public async Task A_line_of_another_rate_can_be_compared()
    {
        byte[] telephone = Fixture.Run(
            "ffmpeg", lines.Bytes("line.wav"), ["-v", "error", "-i", "pipe:0", "-ar", "8000", "-f", "wav", "pipe:1"]);
        lines.Put("telephone.wav", telephone);
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "analyze", "telephone.wav", "--against", "line.mp3",
            "--json", "--no-picture")).Ended(0, "does not say how long it is");
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        Assert.InRange(parsed.RootElement.GetProperty("against").GetProperty("stoi").GetDouble(), 0.9, 1);
        Assert.False(File.Exists(lines.PathOf("telephone.wav.png")));
    }

    [Fact]
    public async Task Standard_input_is_measured_and_not_drawn_without_a_name()
    {
        R3xRun run = (await R3xProcess.RunAsync(
            lines.Folder, lines.Raw, 999, "analyze", "-", "--input-format", "pcm_24000")).Ended(0);
        Assert.Contains("standard input, 24000 Hz, mono", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Drawn", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48_000)]
    public async Task Silence_and_next_to_nothing_have_no_figures_but_are_no_error(int samples)
    {
        lines.Put("still.wav", SpokenLines.Wav(new byte[2 * (samples + 1)], 2 * (samples + 1)));
        R3xRun run = (await R3xProcess.RunAsync(
            lines.Folder, "analyze", "still.wav", "--against", "line.wav", "--json")).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Null, parsed.RootElement.GetProperty("integratedLufs").ValueKind);
        Assert.Equal(JsonValueKind.Null, parsed.RootElement.GetProperty("likeness").ValueKind);
        Assert.True(File.Exists(lines.PathOf("still.wav.png")));
    }

    [Fact]
    public async Task What_cannot_be_measured_is_refused_with_its_name()
    {
        lines.Put("text.wav", "This is no sound at all, only words.");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", "nowhere.wav")).Ended(2, "nowhere.wav");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", "text.wav")).Ended(2, "text.wav");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", ".")).Ended(2, "folder");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", "-", "--against", "-")).Ended(2, "standard input");
        (await R3xProcess.RunAsync(lines.Folder, "analyze", "line.wav", "--picture", "x.png", "--no-picture")).Ended(
            2, "--no-picture");
    }
}
