using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Decoding;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Cli;

/// <summary>One line to be rendered.</summary>
internal sealed record RenderTask(string Input, string Output, OutputFormat Format)
{
    /// <summary>What messages call the input.</summary>
    public string InputName => Input == "-" ? "standard input" : Input;
}

/// <summary>What is to be rendered where, checked before anything is opened.</summary>
internal sealed record RenderPlan(IReadOnlyList<RenderTask> Tasks)
{
    private static readonly string[] Endings =
        [".wav", ".wave", ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".mp4", ".aac", ".webm", ".mkv", ".aif",
            ".aiff", ".raw", ".pcm", ".ulaw", ".alaw"];

    /// <exception cref="UsageException">The inputs and the output do not go together.</exception>
    public static RenderPlan Of(string[] inputs, string? output, string? format, string? bits)
    {
        if (output is null)
            throw new UsageException(
                "Say where to: -o out.wav, -o FOLDER for many files, or -o - for standard output.");
        if (InheritedFile.In(output) is { Number: 1 })
            output = "-";
        string[] files = [.. inputs.SelectMany(FilesOf)];
        if (files.Length == 0)
            throw new UsageException(
                $"There is no audio file in \"{inputs[0]}\". Name files, or a folder that holds some.");
        bool toFolder = output != "-" && (files.Length > 1 || Directory.Exists(output)
            || Path.EndsInDirectorySeparator(output) || Directory.Exists(inputs[0]));
        if (files.Length > 1 && output == "-")
            throw new UsageException(
                $"{files.Length} files do not fit into one standard output. Name a folder: -o FOLDER.");
        if (toFolder && files.Contains("-"))
            throw new UsageException(
                "Standard input has no name to call a file in a folder by. Name the file: -o out.wav.");
        if (toFolder && File.Exists(output))
            throw new UsageException($"\"{output}\" is a file; {files.Length} files need a folder: -o FOLDER.");
        if (output == "-" && !Console.IsOutputRedirected)
            throw new UsageException(
                "Standard output is a terminal, which cannot show sound. Name a file: -o out.wav, or pipe it on.");
        if (format is null && !toFolder && Path.GetExtension(output) is { Length: > 1 } ending
            && AudioFormatName.FromPath(output) is null)
            throw new UsageException($"\"{output}\": no audio format ends in {ending}. Write .wav, .raw, .mp3, .flac, "
                + $".ogg or the like, or name the format: --output-format wav.");
        OutputFormat shape = FormatOf(toFolder || output == "-" ? null : output, format, bits);
        RenderTask[] tasks =
            [.. files.Select(file => new RenderTask(file, toFolder ? PathIn(output, file, shape) : output, shape))];
        foreach (RenderTask task in tasks)
            Check(task, tasks);
        return new RenderPlan(tasks);
    }

    private static void Check(RenderTask task, RenderTask[] tasks)
    {
        if (task.Input != "-" && task.Output != "-" && SamePath(task.Input, task.Output))
            throw new UsageException(
                $"\"{task.Output}\" is the input itself and would be lost. Choose another name for the output.");
        if (tasks.Length > 1
            && tasks.FirstOrDefault(other => other != task && SamePath(other.Output, task.Output)) is { } twin)
            throw new UsageException($"\"{task.Input}\" and \"{twin.Input}\" would both be written to "
                + $"\"{task.Output}\". Render them into two folders.");
    }

    /// <summary>The audio files in a folder, by name; of anything else, itself.</summary>
    public static IEnumerable<string> FilesOf(string input)
    {
        if (input == "-" || !Directory.Exists(input))
            return Wildcards.FilesOf(input);
        return Directory.EnumerateFiles(input)
            .Where(file => !IsHidden(file))
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
    }

    // Hidden files are what macOS and editors leave beside a line.
    private static bool IsHidden(string file) => Path.GetFileName(file.AsSpan()).StartsWith('.');

    private static OutputFormat FormatOf(string? path, string? format, string? bits)
    {
        try
        {
            return OutputFormat.Of(format, path,
                bits switch { "24" => SampleFormat.Int24, "float" => SampleFormat.Float32, _ => SampleFormat.Int16 });
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static string PathIn(string folder, string file, OutputFormat format) =>
        Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + format.Ending);

    private static bool SamePath(string one, string other)
    {
        string a = Resolve(one);
        string b = Resolve(other);
        return string.Equals(a, b, OperatingSystem.IsWindows()
            || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static string Resolve(string path) => OutputFile.FinalTarget(Path.GetFullPath(path));
}
