using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli.Projects;

/// <summary>A project that makes a plugin, built by the .NET SDK when a file of it is newer than the last
/// build.</summary>
internal sealed record EffectProject(string File)
{
    // In obj/ as all that a build leaves there: the assembly it made, and when it began, as the file's own time.
    private const string Stamp = "r3x-built.txt";

    private string Folder => Path.GetDirectoryName(File)!;

    private string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>The project that a path names: its file, or its folder. Null for anything else.</summary>
    /// <exception cref="UsageException">The folder holds several.</exception>
    public static EffectProject? At(string path)
    {
        if (path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) && System.IO.File.Exists(path))
            return new EffectProject(Path.GetFullPath(path));
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*.csproj") : [];
        return files.Length switch
        {
            0 => null,
            1 => new EffectProject(Path.GetFullPath(files[0])),
            _ => throw new UsageException(
                $"There are {files.Length} projects in {path}. Name one, such as {files.Min()}."),
        };
    }

    /// <summary>The folder of the plugin it makes, built in Release where it is not up to date.</summary>
    /// <exception cref="IOException">It cannot be built; the message holds the compiler's.</exception>
    public string BuiltFolder()
    {
        string stamp = Path.Combine(Folder, "obj", Stamp);
        string? built = System.IO.File.Exists(stamp) ? System.IO.File.ReadAllText(stamp) : null;
        if (!System.IO.File.Exists(built) || IsNewerThan(System.IO.File.GetLastWriteTimeUtc(stamp)))
        {
            DateTime began = TimeProvider.System.GetUtcNow().UtcDateTime;
            Messages.Note($"Building {Name} ...");
            built = Build();
            Directory.CreateDirectory(Path.GetDirectoryName(stamp)!);
            System.IO.File.WriteAllText(stamp, built);
            System.IO.File.SetLastWriteTimeUtc(stamp, began);
        }

        return Path.GetDirectoryName(built)!;
    }

    /// <summary>Whether a file of it was saved after a time.</summary>
    public bool IsNewerThan(DateTime time) => IsNewerThan(time, Folder);

    // Whatever lies in the project's folder may be compiled into it; what is built, and other projects, are not.
    private static bool IsNewerThan(DateTime time, string folder) =>
        Directory.EnumerateFiles(folder).Any(file => System.IO.File.GetLastWriteTimeUtc(file) > time)
        || Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj") && !Path.GetFileName(inner).StartsWith('.'))
            .Where(inner => !Directory.EnumerateFiles(inner, "*.csproj").Any())
            .Any(inner => IsNewerThan(time, inner));

    // Standard input and output are the line's.
    private string Build()
    {
        string[] arguments =
            ["build", File, "-c", "Release", "-v", "quiet", "--nologo", "-t:Build", "-getProperty:TargetPath"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            string said = string.Join('\n', MessagesIn(errors.GetAwaiter().GetResult()));
            if (process.ExitCode != 0)
                throw new IOException($"{Name} could not be built:\n{(said.Length > 0 ? said : output)}");
            if (said.Length > 0)
                Messages.Warning($"{Name}:\n{said}");
            string built = output.Split('\n')[^1];
            return System.IO.File.Exists(built)
                ? built
                : throw new IOException(
                    $"{Name} was built, and no assembly came of it. Write one framework into {File}, "
                    + "<TargetFramework>net10.0</TargetFramework>, or name the folder of the built plugin.");
        }
        catch (Win32Exception)
        {
            throw new IOException($"{Name} is a project, and the .NET SDK, which builds it, is not here. Install it "
                + "(https://dot.net/download), or name the folder of the built plugin.");
        }
    }

    private static IEnumerable<string> MessagesIn(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();
}
