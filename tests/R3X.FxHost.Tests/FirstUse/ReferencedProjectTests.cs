using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>A program outside the checkout references the library's project.</summary>
[Collection("checkout")]
public sealed class ReferencedProjectTests
{
    private static readonly string Reference =
        $"""<ProjectReference Include="{Repository.PathOf("host", "R3X.FxHost", "R3X.FxHost.csproj")}" />""";

    // As the tests were built, so that nothing of the checkout is built again, and its packages stay where they are.
    private static readonly string[] AsHere =
    [
        "-c", "Release", "-p:ReadyToRunPlugins=true", "-p:AheadOfTime=true",
        $"-p:RestorePackagesPath={PackageFeed.Store}",
    ];

    [Fact]
    [Trait("Length", "Long")]
    public async Task It_speaks_when_it_was_built_and_says_what_is_missing_when_a_folder_is_gone()
    {
        using var program = new NewProgram(Reference);
        await DotnetProcess.BuildAsync(program.Folder, ["build", .. AsHere, "-o", "built"]);
        await program.SpeaksFromAsync("built");
        // Where no copy of an effect can be made, it is loaded from its own file.
        await program.SpeaksFromAsync("built", temporary: program.PathOf("not-there"));

        Directory.Move(program.PathOf("built", "plugins"), program.PathOf("elsewhere"));
        (int exitCode, string said) = await program.RunAsync(program.PathOf("none.wav"), "built");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("There is no effect in", said, StringComparison.Ordinal);
        Assert.Contains("copied beside a program", said, StringComparison.Ordinal);
        Directory.Move(program.PathOf("elsewhere"), program.PathOf("built", "plugins"));

        Directory.Delete(program.PathOf("built", "presets"), recursive: true);
        (exitCode, said) = await program.RunAsync(program.PathOf("none.wav"), "built");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("No folder \"presets\"", said, StringComparison.Ordinal);
        Assert.Contains("FxHostOptions.PresetFolder", said, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task It_speaks_as_one_self_contained_file_with_the_folders_beside_it()
    {
        using var program = new NewProgram(Reference);
        await DotnetProcess.BuildAsync(
            program.Folder,
            ["publish", .. AsHere, "-r", NewProgram.Runtime, "--self-contained", "-p:PublishSingleFile=true",
                "-o", "one"]);
        Assert.False(File.Exists(program.PathOf("one", "R3X.FxHost.dll")));
        await program.SpeaksFromAsync("one");
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task It_speaks_when_it_was_published_and_trimming_it_is_warned_of_and_refused()
    {
        using var program = new NewProgram(Reference);
        await DotnetProcess.BuildAsync(program.Folder, ["publish", .. AsHere, "-o", "published"]);
        await program.SpeaksFromAsync("published");

        (_, string said) = await DotnetProcess.RunAsync(
            program.Folder,
            "dotnet",
            ["publish", .. AsHere, "-r", NewProgram.Runtime, "-p:PublishTrimmed=true", "-o", "trimmed"]);
        Assert.Contains("can be neither trimmed nor compiled ahead of time", said, StringComparison.Ordinal);
        (int exitCode, string run) = await program.RunAsync(program.PathOf("none.wav"), "trimmed");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("can be neither trimmed nor compiled ahead of time", run, StringComparison.Ordinal);
    }
}
