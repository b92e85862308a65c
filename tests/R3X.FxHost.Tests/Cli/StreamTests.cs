using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Standard streams that are closed, full or used by a plugin as well.</summary>
public sealed class StreamTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Fact]
    public async Task A_plugin_that_writes_reads_and_leaves_a_thread_behind_harms_neither_sound_nor_end()
    {
        string presets = lines.PathOf("console");
        Directory.CreateDirectory(presets);
        await File.WriteAllTextAsync(Path.Combine(presets, "neutral.yaml"), "preset: 1\nchain:\n  - uses-console\n",
            TestContext.Current.CancellationToken);
        string[] words =
        [
            "render", "-", "-o", "-", "--input-format", "pcm_24000", "--output-format", "pcm_24000", "--level", "off",
                "--preset", "neutral",
            "--presets", presets, "--plugins", Repository.PathOf("artifacts", "test-plugins"),
        ];

        R3xRun run = await R3xProcess.RunAsync(lines.Folder, lines.Raw, 0, words);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(lines.Raw.Length, run.Output.Length);
        Assert.Contains("processing", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$R3X render - -o out.wav <&-", 2, "Standard input is closed.")]
    [InlineData("$R3X render - -o - --input-format pcm_24000 </dev/zero >&-", 1, "Standard output is closed.")]
    [InlineData("$R3X effects >&-", 1, "Standard output")]
    [InlineData("$R3X effects >/dev/full", 1, "Standard output cannot be written")]
    [InlineData("$R3X render nothing.wav -o out.wav 2>&-", 2)]
    [InlineData("$R3X render nothing.wav -o out.wav 2>/dev/full", 2)]
    [InlineData("$R3X effects <&- >&- 2>&-", 1)]
    [InlineData("ulimit -n 64; $R3X effects", 1, "Only 64 files may be open at once here")]
    public async Task A_stream_that_is_closed_or_full_is_a_clear_end(string line, int exitCode, params string[] said)
    {
        if (OperatingSystem.IsWindows())
            return;
        R3xRun run = await R3xProcess.ShellAsync(lines.Folder, line);
        Assert.True(exitCode == run.ExitCode, $"{run.ExitCode}: {run.Errors}");
        foreach (string words in said)
            Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_from_a_file_needs_no_streams_at_all()
    {
        if (OperatingSystem.IsWindows())
            return;
        R3xRun run = await R3xProcess.ShellAsync(lines.Folder, "$R3X render line.wav -o quiet.wav <&- >&- 2>&-");
        Assert.Equal(0, run.ExitCode);
        Assert.True(new FileInfo(lines.PathOf("quiet.wav")).Length > 44);
    }
}
