using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary><c>--with</c>: what it takes besides a project, and what it says of what it cannot take.</summary>
public sealed class WithTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    private static readonly string Plugin = Repository.PathOf("artifacts", "test-plugins", "test-gain");

    [Fact]
    public async Task A_plugin_s_folder_and_its_dll_are_the_same_effect_and_it_is_told_where_it_stands()
    {
        string dll = Path.Combine(Plugin, "test-gain.dll");
        (await RenderAsync("folder.wav", Plugin)).Ended(0, "r3x: test-gain 0.1.0 added before limiter");
        (await RenderAsync("dll.wav", dll)).Ended(0, "r3x: test-gain 0.1.0 added before limiter");
        Assert.Equal(lines.Bytes("folder.wav"), lines.Bytes("dll.wav"));
    }

    [Fact]
    public async Task An_effect_that_the_preset_has_is_not_added_again()
    {
        string comb = Repository.PathOf("plugins", "comb");
        (await RenderAsync("comb.wav", comb, "--preset", "dj-r3x")).Ended(0, "is where dj-r3x has it");
        await R3xProcess.RunAsync(lines.Folder, "render", "line.wav", "-o", "without.wav", "--preset", "dj-r3x");
        Assert.Equal(lines.Bytes("without.wav"), lines.Bytes("comb.wav"));
    }

    [Fact]
    public async Task What_is_no_plugin_is_refused_with_the_reason_and_the_remedy()
    {
        (await RenderAsync("x.wav", "nowhere")).Ended(2, "--with nowhere: there is no such folder or DLL");
        (await RenderAsync("x.wav", "line.wav")).Ended(2, "--with line.wav: it is neither a project nor a DLL");
        Directory.CreateDirectory(lines.PathOf("empty"));
        (await RenderAsync("x.wav", "empty")).Ended(2, "--with empty: there is no effect in it", "[assembly: Effect(");
        lines.Put("broken/broken.dll", "no assembly");
        (await RenderAsync("x.wav", "broken")).Ended(2, "--with broken:", "cannot be used. It is not a .NET assembly");
        lines.Put("two/a.csproj", "<Project />");
        lines.Put("two/b.csproj", "<Project />");
        (await RenderAsync("x.wav", "two")).Ended(2, "There are 2 projects in", "a.csproj");
        (await RenderAsync("x.wav", Plugin, "--dry")).Ended(2, "--dry", "--with");
        Assert.False(File.Exists(lines.PathOf("x.wav")));
    }

    private Task<R3xRun> RenderAsync(string output, string with, params string[] options) =>
        R3xProcess.RunAsync(
            lines.Folder, ["render", "line.wav", "-o", output, "--with", with, .. options]);
}
