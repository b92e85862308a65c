using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Cli;

/// <summary>One line to be rendered.</summary>
internal sealed record RenderTask(string Input, string Output, OutputFormat Format)
{
    /// <summary>The preset, of several; null where the options say which.</summary>
    public string? Preset { get; init; }

    /// <summary>What messages call the input.</summary>
    public string InputName => Input == "-" ? "standard input" : Input;

    /// <summary>What came of it that failed, in words that name it.</summary>
    public Failure FailureOf(Exception exception)
    {
        Failure failure = Failure.Of(exception);
        bool saysWhich = failure.Message.Length == 0
            || failure.Message.Contains(Input, StringComparison.Ordinal)
            || failure.Message.Contains(Output, StringComparison.Ordinal);
        string which = Preset is null ? "" : $" ({Preset})";
        return saysWhich && which.Length == 0
            ? failure : failure with { Message = $"{InputName}{which}: {failure.Message}" };
    }
}

/// <summary>A line's file.</summary>
/// <param name="File">Its path.</param>
/// <param name="Folder">The folder it stands in, from the one that was named on; empty for that itself.</param>
internal sealed record RenderInput(string File, string Folder)
{
    /// <summary>The lines that an input stands for: a folder's, those of its folders included, in order.</summary>
    /// <param name="input">A file, a folder, or - for standard input.</param>
    /// <param name="output">Where they go to: what is in there is no line.</param>
    public static IEnumerable<RenderInput> In(string input, string output)
    {
        if (input == "-" || !Directory.Exists(input))
            return RenderPlan.FilesOf(input).Select(file => new RenderInput(file, ""));
        string written = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(input, "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(RenderPlan.IsAudio)
            .Where(file => !Path.GetFullPath(file).StartsWith(written, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new RenderInput(file, Path.GetDirectoryName(Path.GetRelativePath(input, file)) ?? ""));
    }
}

/// <summary>What is to be rendered where, checked before anything is opened.</summary>
internal sealed record RenderPlan(IReadOnlyList<RenderTask> Tasks)
{
    private static readonly string[] Endings =
        [".wav", ".wave", ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".mp4", ".aac", ".webm", ".mkv", ".aif",
            ".aiff", ".raw", ".pcm", ".ulaw", ".alaw"];

    /// <summary>The folder that is rendered into; null where the output is one file or a pipe.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether whole folders, or several presets, were named: what is there already is then left as it
    /// is.</summary>
    public bool IsBatch { get; init; }

    /// <param name="inputs">Files and folders; of a folder, what is in its folders as well.</param>
    /// <param name="presets">The presets that are named.</param>
    /// <exception cref="UsageException">The inputs and the output do not go together.</exception>
    public static RenderPlan Of(string[] inputs, string? output, string? format, string? bits, string[] presets)
    {
        if (output is null)
            throw new UsageException(
                "Say where to: -o out.wav, -o FOLDER for many files, or -o - for standard output.");
        if (InheritedFile.In(output) is { Number: 1 })
            output = "-";
        RenderInput[] files = [.. inputs.SelectMany(input => RenderInput.In(input, output))];
        if (files.Length == 0)
            throw new UsageException(
                $"There is no audio file in \"{inputs[0]}\". Name files, or a folder that holds some.");
        bool isBatch = Directory.Exists(inputs[0]) || presets.Length > 1;
        bool toFolder = output != "-" && (files.Length > 1 || isBatch || Directory.Exists(output)
            || Path.EndsInDirectorySeparator(output));
        int count = files.Length * Math.Max(1, presets.Length);
        if (count > 1 && output == "-")
            throw new UsageException(
                $"{count} files do not fit into one standard output. Name a folder: -o FOLDER.");
        if (toFolder && Array.Exists(files, file => file.File == "-"))
            throw new UsageException(
                "Standard input has no name to call a file in a folder by. Name the file: -o out.wav.");
        if (toFolder && File.Exists(output))
            throw new UsageException($"\"{output}\" is a file; {count} files need a folder: -o FOLDER.");
        if (output == "-" && !Console.IsOutputRedirected)
            throw new UsageException(
                "Standard output is a terminal, which cannot show sound. Name a file: -o out.wav, or pipe it on.");
        if (format is null && !toFolder && Path.GetExtension(output) is { Length: > 1 } ending
            && AudioFormatName.FromPath(output) is null)
            throw new UsageException($"\"{output}\": no audio format ends in {ending}. Write .wav, .raw, .mp3, .flac, "
                + $".ogg or the like, or name the format: --output-format wav.");
        OutputFormat shape = FormatOf(toFolder || output == "-" ? null : output, format, bits);
        string?[] each = presets.Length == 0 ? [null] : [.. presets];
        RenderTask[] tasks =
        [
            .. files.SelectMany(file => each.Select(preset => new RenderTask(
                file.File, toFolder ? PathIn(output, each.Length > 1 ? preset : null, file, shape) : output, shape)
            {
                Preset = each.Length > 1 ? preset : null,
            })),
        ];
        Check(tasks);
        return new RenderPlan(tasks) { Folder = toFolder ? output : null, IsBatch = isBatch };
    }

    private static void Check(RenderTask[] tasks)
    {
        StringComparer paths = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        Dictionary<string, RenderTask> outputs = new(paths);
        foreach (RenderTask task in tasks)
        {
            if (task.Output == "-")
                continue;
            string output = Resolve(task.Output);
            if (task.Input != "-" && paths.Equals(Resolve(task.Input), output))
                throw new UsageException(
                    $"\"{task.Output}\" is the input itself and would be lost. Choose another name for the output.");
            if (!outputs.TryAdd(output, task))
                throw new UsageException($"\"{outputs[output].Input}\" and \"{task.Input}\" would both be written to "
                    + $"\"{task.Output}\". Render them into two folders.");
        }
    }

    /// <summary>The audio files in a folder, by name; of anything else, itself.</summary>
    public static IEnumerable<string> FilesOf(string input)
    {
        if (input == "-" || !Directory.Exists(input))
            return Wildcards.FilesOf(input);
        return Directory.EnumerateFiles(input)
            .Where(IsAudio)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Whether a file is a line, by its name. Hidden files are what macOS and editors leave beside
    /// one.</summary>
    public static bool IsAudio(string file) => !Path.GetFileName(file.AsSpan()).StartsWith('.')
        && Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

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

    private static string PathIn(string folder, string? preset, RenderInput file, OutputFormat format) => Path.Combine(
        folder, preset is null ? "" : Path.GetFileNameWithoutExtension(preset), file.Folder,
        Path.GetFileNameWithoutExtension(file.File) + format.Ending);

    private static string Resolve(string path) => OutputFile.FinalTarget(Path.GetFullPath(path));
}
