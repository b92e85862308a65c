using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Tests.Presets.Exporting;

/// <summary>Faust programs made into one machine program, by Debian's faust and g++, whose outputs stand behind one
/// another.</summary>
internal sealed partial class CompiledFaust : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-faust-");

    /// <param name="options">For faust, such as -double.</param>
    /// <param name="optimisation">For g++.</param>
    /// <param name="programs">Exported programs; each takes the line.</param>
    public CompiledFaust(string options, string optimisation, params string[] programs)
    {
        File.WriteAllText(At("program.dsp"), programs.Length == 1 ? programs[0] : Together(programs));
        Run("faust", $"{options} -lang cpp -a {Repository.PathOf("tests", "fixtures", "faust", "console.cpp")} "
            + "-cn mydsp program.dsp -o program.cpp");
        Run("g++", $"{optimisation} -o program program.cpp");
    }

    /// <summary>How long a frame took in the last run, in nanoseconds.</summary>
    public double NanosecondsAFrame { get; private set; }

    /// <summary>What comes out of each output for a line.</summary>
    public float[][] Process(float[] line, int rate)
    {
        File.WriteAllBytes(At("in.raw"), MemoryMarshal.AsBytes(line.AsSpan()).ToArray());
        string said = Run(At("program"), $"{rate} in.raw out.raw");
        NanosecondsAFrame = double.Parse(said, CultureInfo.InvariantCulture);
        float[] all = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(At("out.raw"))).ToArray();
        return [.. all.Chunk(line.Length)];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    // Each in a scope of its own. What is declared is declared for a whole program only.
    private static string Together(string[] programs) =>
        string.Concat(programs.Select((text, i) =>
            $"one_{i} = environment {{\n{Declaration().Replace(text, "")}\n}};\n"))
        + $"process = _ <: {string.Join(", ", programs.Select((_, i) => $"vgroup(\"{i}\", one_{i}.process)"))};\n";

    private string Run(string program, string arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string said = errors.GetAwaiter().GetResult();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {arguments}:\n{said[..Math.Min(2000, said.Length)]}");
    }

    [GeneratedRegex("^declare .*$", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
