using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Players;

/// <summary><c>r3x install-player</c>.</summary>
public sealed class InstallTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    private static readonly string[] All = ["aplay", "ffplay", "mpv", "paplay"];

    [Fact]
    public async Task Players_are_installed_again_over_themselves_and_taken_away()
    {
        (await InstallAsync("own", "--preset", "excited")).Ended(0);
        lines.Put("own/notes.txt", "mine");
        (await InstallAsync("own", "--preset", "radio")).Ended(0);
        Assert.Equal(["aplay", "ffplay", "mpv", "notes.txt", "paplay"], lines.Files("own"));
        Assert.Contains("R3X_PRESET='radio'", await ReadAsync("own/mpv"), StringComparison.Ordinal);

        (await InstallAsync("own", "--remove")).Ended(0);
        Assert.Equal(["notes.txt"], lines.Files("own"));
    }

    [Fact]
    public async Task What_is_not_ours_is_neither_overwritten_nor_taken_away()
    {
        lines.Put("mixed/mpv", "#!/bin/sh\necho mine\n");
        (await InstallAsync("mixed")).Ended(2, lines.PathOf("mixed/mpv"), "--force");
        Assert.Equal(["mpv"], lines.Files("mixed"));

        (await InstallAsync("mixed", "--remove")).Ended(0);
        Assert.Equal("#!/bin/sh\necho mine\n", await ReadAsync("mixed/mpv"));

        (await InstallAsync("mixed", "--force")).Ended(0);
        Assert.Equal(All, lines.Files("mixed"));
    }

    [Fact]
    public async Task A_preset_that_there_is_not_is_refused_with_the_nearest()
    {
        (await InstallAsync("typo", "--preset", "excitd")).Ended(2, "excitd", "excited");
        Assert.False(Directory.Exists(lines.PathOf("typo")));
    }

    private Task<R3xRun> InstallAsync(string folder, params string[] options) =>
        R3xProcess.RunAsync(lines.Folder, ["install-player", folder, .. options]);

    private Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(lines.PathOf(file), TestContext.Current.CancellationToken);
}
