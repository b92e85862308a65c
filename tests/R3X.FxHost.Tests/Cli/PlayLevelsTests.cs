using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using R3X.FxHost.Metering;
using R3X.FxHost.Tests.Lines;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

public sealed class PlayLevelsTests
{
    // A busy machine may make a line late, which is said on standard error.
    private static readonly string Line = SpokenLine.InFormat("pcm_24000");

    [Fact]
    public async Task In_a_pipe_levels_are_a_table()
    {
        R3xRun run = (await R3xProcess.RunAsync(null, "play", Line, "--input-format", "pcm_24000", "--dry", "--device",
            "null", "--levels")).Ended(0, "");
        string[][] rows = [.. run.Text.TrimEnd('\n').Split('\n').Select(line => line.Split('\t'))];
        Assert.Equal(
            ["seconds", "rms_db", "peak_db", "band_132_hz_db", "band_227_hz_db", "band_393_hz_db", "band_680_hz_db",
                "band_1176_hz_db", "band_2034_hz_db", "band_3518_hz_db", "band_6083_hz_db"],
            rows[0]);
        Assert.All(rows, row => Assert.Equal(11, row.Length));
        double[] seconds = [.. rows.Skip(1).Select(row => double.Parse(row[0], CultureInfo.InvariantCulture))];
        Assert.Equal(seconds.Order(), seconds);
        Assert.All(seconds.Zip(seconds.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 0.0201));
        Assert.All(rows.Skip(1).SkipLast(1), row => Assert.True(row[1] == "-inf" || double.Parse(row[1],
            CultureInfo.InvariantCulture) < double.Parse(row[2], CultureInfo.InvariantCulture)));
        Assert.Equal(Enumerable.Repeat("-inf", 10), rows[^1].Skip(1));
    }

    [Fact]
    public async Task A_droid_gets_the_lines_it_is_used_to()
    {
        R3xRun run = (await R3xProcess.RunAsync(
            null, "play", Line, Line, "--input-format", "pcm_24000", "--dry", "--mood", "excited", "--device", "null",
                "--levels-as", "serial")).Ended(0, "");
        string[] lines = run.Text.TrimEnd('\n').Split('\n');
        Assert.Equal("SPEAK:excited", lines[0]);
        Assert.Equal(["SPEAK_LEVEL:0", "SPEAK_STOP"], lines[^2..]);
        Assert.Equal(2, lines.Count(line => line == "SPEAK:excited"));
        int[] levels = [.. lines.Select(line => Regex.Match(line, "^SPEAK_LEVEL:([0-9]+)$")).Where(match =>
            match.Success).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.All(levels, level => Assert.InRange(level, 0, 255));
        Assert.True(levels.Distinct().Count() > 10);
    }

    [Theory]
    [InlineData("--preset excited", "SPEAK:excited")]
    [InlineData("--preset radio --mood sad", "SPEAK:sad")]
    public async Task A_droid_is_told_the_preset_where_no_mood_is_named(string words, string start)
    {
        string[] sound = ["play", Line, "--input-format", "pcm_24000", .. words.Split(' ')];
        R3xRun run = (await R3xProcess.RunAsync(null, [.. sound, "--device", "null", "--levels-as", "serial"]));
        Assert.Equal((0, start), (run.ExitCode, run.Text.Split('\n')[0]));
    }

    [Fact]
    public async Task Levels_do_not_go_with_watching()
    {
        (await R3xProcess.RunAsync(null, "play", Line, "--watch", "--levels")).Ended(2, "--watch", "--levels");
        (await R3xProcess.RunAsync(null, "play", Line, "--levels-as", "disco")).Ended(2, "bars");
    }

    [Fact]
    public async Task A_terminal_shows_a_bar_that_holds_the_peak_and_eight_small_ones()
    {
        // A loud click, then a sine of -24 dB in the middle of the fifth band.
        float[] tone = [.. Signals.Sine(96_000, SpeechBands.Centre(4), 48_000, amplitude: 0.0892)];
        tone.AsSpan(4_800, 10).Fill(0.5f);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("r3x-levels-");
        string file = Path.Combine(folder.FullName, "tone.wav");
        await File.WriteAllBytesAsync(file, FloatWav.Of(tone, 48_000), TestContext.Current.CancellationToken);
        R3xRun run = (await R3xProcess.RunAsync(null, "play", file, "--dry", "--level", "off", "--device", "null",
            "--levels-as", "bars")).Ended(0, "");
        folder.Delete(recursive: true);
        // Without what keeps a terminal from going on in the next row.
        string[] drawn = Regex.Replace(run.Text, @"\e\[\?7[lh]", "").Split("\r\e[K");
        Assert.All(drawn.Skip(1).SkipLast(1), line => Assert.Equal(63, line.Length));
        const string Steady = "▕████████████████████  │                 ▏ -24.0 dB  ▕   ▂▄▂  ▏";
        Assert.Contains(Steady, drawn);
        // The click's peak stays behind, stands still and falls.
        int[] peaks =
            [.. drawn.Skip(1).Select(line => line.IndexOf('│', StringComparison.Ordinal)).Where(at => at >= 0)];
        int click = peaks.Max();
        Assert.InRange(click, 33, 36);
        Assert.InRange(peaks.Count(at => at == click), 30, 45);
        Assert.Equal(23, peaks[^1]);
        // Nothing is left on the terminal.
        Assert.Equal("", drawn[^1]);
    }
}
