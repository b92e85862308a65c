using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>Files to hand to the command, made from the bundled line; a folder of each test class's own.</summary>
public sealed class SpokenLines : IDisposable
{
    private const int WavHeaderBytes = 44;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-cli-");

    public SpokenLines()
    {
        Mp3 = File.ReadAllBytes(Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3"));
        Put("line.mp3", Mp3);
        Ffmpeg("-i", "line.mp3", "-f", "s16le", "-ar", "24000", "-ac", "1", "line.raw");
        Raw = File.ReadAllBytes(PathOf("line.raw"));
        Put("line.wav", Wav(Raw, Raw.Length));
    }

    public byte[] Mp3 { get; }

    /// <summary>16-bit samples at 24 kHz.</summary>
    public byte[] Raw { get; }

    public string Folder => _folder.FullName;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public byte[] Bytes(string file) => File.ReadAllBytes(PathOf(file));

    public string Put(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllBytes(PathOf(file), bytes);
        return PathOf(file);
    }

    public string Put(string file, string text) => Put(file, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A WAV file of mono samples of 16 bits at 24 kHz whose header says what it is told to.</summary>
    public static byte[] Wav(byte[] samples, long statedBytes)
    {
        byte[] file = new byte[WavHeaderBytes + samples.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), (uint)Math.Min(statedBytes + 36, uint.MaxValue));
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), 24_000);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(28), 48_000);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), (uint)statedBytes);
        samples.CopyTo(file, WavHeaderBytes);
        return file;
    }

    /// <summary>What ffprobe says of a file, such as <c>codec_name</c> or <c>sample_rate</c>.</summary>
    public string Probe(string file, string field) =>
        Run("ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=" + field, "-of",
            "default=nokey=1:noprint_wrappers=1", file).Trim();

    /// <summary>The names of the files that are there, parts of files included.</summary>
    public string[] Files(string folder = ".") =>
        [.. Directory.EnumerateFiles(PathOf(folder)).Select(file => Path.GetFileName(file)!).Order(
            StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    public void Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    private string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
