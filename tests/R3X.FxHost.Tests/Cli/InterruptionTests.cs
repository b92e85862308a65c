using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Ctrl-C in the middle of a line.</summary>
public sealed class InterruptionTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    [Theory]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public async Task A_signal_ends_a_render_and_leaves_no_part_of_a_file(int signal, int exitCode)
    {
        string folder = $"cut{signal}";
        Directory.CreateDirectory(lines.PathOf(folder));
        using R3xProcess r3x = Start("render", "-", "--input-format", "pcm_24000", "-o", $"{folder}/out.wav");
        await r3x.Input.WriteAsync(lines.Raw, TestContext.Current.CancellationToken);
        await r3x.Input.FlushAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => lines.Files(folder).Contains("out.wav.part"));
        r3x.Signal(signal);
        // Its input is still open: it does not wait for what may never come.
        (await r3x.EndAsync()).Ended(exitCode, "Stopped");
        Assert.Empty(lines.Files(folder));
    }

    [Fact]
    public async Task Two_signals_at_once_are_one_and_leave_no_part_of_a_file()
    {
        Directory.CreateDirectory(lines.PathOf("twice"));
        using R3xProcess r3x = Start("render", "-", "--input-format", "pcm_24000", "-o", "twice/out.wav");
        await r3x.Input.WriteAsync(lines.Raw, TestContext.Current.CancellationToken);
        await r3x.Input.FlushAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => lines.Files("twice").Contains("out.wav.part"));
        r3x.Signal(2);
        r3x.Signal(15);
        R3xRun run = await r3x.EndAsync();
        // The system may deliver either first.
        Assert.Contains(run.ExitCode, new[] { 130, 143 });
        Assert.Empty(lines.Files("twice"));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_line_that_is_being_played()
    {
        using R3xProcess r3x = Start("play", "-", "--input-format", "pcm_24000", "--device", "file:played.wav");
        // An hour that never ends by itself.
        await r3x.Input.WriteAsync(lines.Raw, TestContext.Current.CancellationToken);
        await r3x.Input.FlushAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => File.Exists(lines.PathOf("played.wav")));
        r3x.Signal(2);
        (await r3x.EndAsync()).Ended(130, "Stopped");
    }

    private R3xProcess Start(params string[] arguments) =>
        R3xProcess.Start(R3xProcess.Interruptible(lines.Folder, arguments));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
