using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using R3X.FxHost.Conformance;
using R3X.FxHost.Tests.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary><c>r3x effects check</c>: every check in a process of its own, whose end is a verdict however it
/// comes.</summary>
public sealed class EffectsCheckTests : IDisposable
{
    private readonly PluginFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task An_effect_that_keeps_what_was_asked_for_ends_with_0()
    {
        R3xRun run = (await CheckAsync(_folders.PathOf(), "comb", "--only", "reset-is-as-good-as-new", "--only",
            "settings-are-explained")).Ended(0);
        Assert.Contains("kept    reset-is-as-good-as-new", run.Text, StringComparison.Ordinal);
        Assert.Contains("2 checks of 1 effect: every promise is kept.", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_promise_is_told_with_a_picture_and_the_command_that_shows_it_again()
    {
        string file = _folders.Copy("test-gain");
        R3xRun run = await CheckAsync(
            _folders.PathOf(), file, "--only", "poison-is-forgotten", "--seed", "7", "--pictures", "pictures");
        Assert.Equal(1, run.ExitCode);
        foreach (string said in new[]
            {
                "BROKEN  poison-is-forgotten", "Promised: ", "Measured: After NaN came in, NaN came out at frame 1000.",
                "Likely: ", "Fix: ", "--only poison-is-forgotten --seed 7",
            })
            Assert.Contains(said, run.Text, StringComparison.Ordinal);
        byte[] picture = await File.ReadAllBytesAsync(
            _folders.PathOf("pictures", "test-gain-poison-is-forgotten.png"), TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture.Take(4));
    }

    [Fact]
    public async Task As_JSON_a_broken_promise_has_the_block_that_failed()
    {
        _folders.Copy("test-gain");
        _folders.Copy("emits-nan");
        R3xRun run = await CheckAsync(_folders.PathOf(), ".", "--only", "poison-is-forgotten", "--json");
        Assert.Equal(1, run.ExitCode);
        using JsonDocument json = JsonDocument.Parse(run.Text);
        Assert.Equal(["emits-nan", "test-gain"],
            json.RootElement.EnumerateArray().Select(effect => effect.GetProperty("id").GetString()));
        JsonElement check = json.RootElement[1].GetProperty("checks")[0];
        Assert.False(check.GetProperty("passed").GetBoolean());
        JsonElement block = check.GetProperty("block");
        int at = block.GetProperty("at").GetInt32() - block.GetProperty("start").GetInt32();
        Assert.Equal("NaN", block.GetProperty("output")[at].GetString());
    }

    [Theory]
    [InlineData("Deep(0);", "static int Deep(int i) => i < 0 ? 0 : Deep(i + 1) + 1;", "Stack overflow",
        "calls itself without end")]
    [InlineData("Environment.FailFast(\"gone\");", "", "gone", "ends the process")]
    // Address 0 is refused by the runtime; an address of nobody's is not.
    [InlineData("unsafe { *(int*)0x10000000 = 1; }", "", "died with exit code", "")]
    [InlineData("new Thread(() => throw new InvalidOperationException(\"by itself\")).Start(); Thread.Sleep(5000);", "",
        "by itself", "throws on a thread")]
    [InlineData("while (true) Kept.Add(new byte[1 << 20]);", "static readonly List<byte[]> Kept = [];", "OutOfMemory",
        "")]
    [InlineData("Thread.Sleep(-1);", "", "did not come to an end within 2 s", "waits for something")]
    [InlineData(
        "throw new InvalidOperationException(\"no\");", "", "InvalidOperationException: no", "Compiled.Process")]
    public async Task However_an_effect_ends_its_check_it_is_a_verdict(
        string process, string members, string measured, string likely)
    {
        string file = CompiledPlugin.CompileEffect(_folders.PathOf("dies", "dies.dll"), "dies", process, members);
        // The others end by themselves, as late as a busy machine lets them.
        string limit = likely == "waits for something" ? "2" : "60";
        R3xRun run = await CheckAsync(_folders.PathOf(), file, "--only", "silence-decays", "--time-limit", limit);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Errors);
        Assert.Contains("BROKEN  silence-decays", run.Text, StringComparison.Ordinal);
        Assert.Contains(measured, run.Text, StringComparison.Ordinal);
        Assert.Contains(likely, run.Text, StringComparison.Ordinal);
        Assert.Equal(["dies"], Directory.EnumerateFileSystemEntries(_folders.PathOf()).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_no_effect_ends_with_2_and_the_reason()
    {
        _folders.Write("text", "text.dll", "no assembly"u8.ToArray());
        R3xRun run = await CheckAsync(_folders.PathOf(), "text");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not a .NET assembly", run.Text, StringComparison.Ordinal);
        (await CheckAsync(_folders.PathOf(), "./nowhere")).Ended(2, "There is no file or folder \"./nowhere\"");
        (await CheckAsync(_folders.PathOf(), "cmb")).Ended(2, "There is no file, folder or effect \"cmb\"");
        (await CheckAsync(_folders.PathOf(), "comb", "--only", "silence-decay"))
            .Ended(2, "There is no check \"silence-decay\". Did you mean \"silence-decays\"?");
        (await CheckAsync(_folders.PathOf())).Ended(2, "Which effect?");
    }

    [Fact]
    public async Task Every_check_is_listed_with_what_it_is_about()
    {
        string[] lines = (await CheckAsync(_folders.PathOf(), "--list")).Ended(0).Text.Split('\n');
        Assert.All(EffectConformance.Checks, check => Assert.Contains(
            lines, line => line.StartsWith(check.Name, StringComparison.Ordinal)
                && line.EndsWith(check.Promise, StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task All_checks_of_the_effects_that_come_with_the_host_are_kept() =>
        Assert.Contains("every promise is kept",
            (await CheckAsync(_folders.PathOf(), Repository.PathOf("plugins"))).Ended(0).Text,
            StringComparison.Ordinal);

    private static Task<R3xRun> CheckAsync(string folder, params string[] words) =>
        R3xProcess.RunAsync(folder, ["effects", "check", .. words]);
}
