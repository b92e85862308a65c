using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>
/// A program in an empty folder that does what the README says: references the library, makes a host, speaks.
/// </summary>
internal sealed class NewProgram : IDisposable
{
    private const string Code =
        """
        using System;
        using R3X.FxHost;

        await using FxHost host = FxHost.Create(new FxHostOptions { Device = "file:" + args[1] });
        var report = await host.ProcessAndPlayAsync(args[0], SpeechSelection.OfPreset("radio"));
        Console.WriteLine($"spoke with {report.Preset}, {host.Effects.Effects.Count} effects");

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-first-use-");

    /// <summary>Writes the program.</summary>
    /// <param name="reference">The line of its project that references the library.</param>
    public NewProgram(string reference)
    {
        // Nothing above the folder has a say.
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                {reference}
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", Code);
    }

    public static string Runtime => RuntimeInformation.RuntimeIdentifier;

    public string Folder => _folder.FullName;

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    /// <summary>Runs what was built into a folder; it has to have spoken, with effects, into a file.</summary>
    public async Task SpeaksFromAsync(string output, string? temporary = null)
    {
        string heard = PathOf("heard.wav");
        (int exitCode, string said) = await RunAsync(heard, output, temporary);
        Assert.True(exitCode == 0, said);
        int effects = Directory.GetDirectories(Repository.PathOf("plugins")).Length;
        Assert.Equal($"spoke with radio, {effects} effects", said.Trim());
        Assert.InRange(new FileInfo(heard).Length, 100_000, long.MaxValue);
        File.Delete(heard);
        // What it put into the temporary folder went with it.
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("tmp"), "*r3x*"));
    }

    /// <summary>Runs what was built into a folder.</summary>
    public Task<(int ExitCode, string Said)> RunAsync(string heard, string output, string? temporary = null) =>
        DotnetProcess.RunAsync(
            Folder,
            temporary ?? Directory.CreateDirectory(PathOf("tmp")).FullName,
            PathOf(output, OperatingSystem.IsWindows() ? "app.exe" : "app"),
            [Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3"), heard]);

    public void Dispose() => _folder.Delete(recursive: true);
}
