using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Xunit;

namespace R3X.FxHost.Tests.Decoding;

/// <summary>Sound files made by other people's programs, once, under artifacts/.</summary>
internal static class Fixture
{
    /// <summary>A voice-like sound for ffmpeg's lavfi: a moving tone with overtones, louder and softer, 1.5
    /// s.</summary>
    public const string Voice =
        "0.3*sin(2*PI*(180*t+15*sin(5*t)))*(0.6+0.4*sin(9*t))+0.15*sin(2*PI*(1210*t+30*sin(4*t)))"
        + "+0.05*sin(2*PI*3100*t)*sin(13*t)";

    private const string StereoVoice = "0.2*sin(2*PI*440*t)*(0.6+0.4*sin(9*t))|0.3*sin(2*PI*331*t+3*sin(4*t))";

    private static string Folder { get; } = Directory.CreateDirectory(
        Repository.PathOf("artifacts", "fixtures")).FullName;

    /// <summary>A file of the voice, encoded as the arguments say.</summary>
    public static byte[] Encoded(string name, int rate, int channels, params string[] arguments)
        => File.ReadAllBytes(EncodedFile(name, rate, channels, arguments));

    public static string EncodedFile(string name, int rate, int channels, params string[] arguments)
    {
        string path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            string half = Path.Combine(Folder, $"{Guid.NewGuid():N}-{name}");
            string source = $"aevalsrc={(channels == 2 ? StereoVoice : Voice)}:s={rate}:d=1.5";
            _ = Run("ffmpeg", [], ["-v", "error", "-f", "lavfi", "-i", source, .. arguments, half]);
            File.Move(half, path, overwrite: true);
        }

        return path;
    }

    /// <summary>What ffmpeg itself makes of a file, interleaved.</summary>
    public static float[] DecodedByFfmpeg(byte[] file)
    {
        // From a file, not a pipe: in a pipe ffmpeg does not find the end that a gapless tag counts from.
        string path = Path.Combine(Folder, $"{Guid.NewGuid():N}.probe");
        try
        {
            File.WriteAllBytes(path, file);
            return MemoryMarshal.Cast<byte, float>(
                Run("ffmpeg", [], ["-v", "error", "-i", path, "-f", "f32le", "pipe:1"])).ToArray();
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Runs a program on bytes and returns what it writes.</summary>
    public static byte[] Run(string program, byte[] input, string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginErrorReadLine();
        var output = new MemoryStream();
        var writing = new Thread(() => Write(process.StandardInput.BaseStream, input));
        writing.Start();
        process.StandardOutput.BaseStream.CopyTo(output);
        writing.Join();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }

    private static void Write(Stream stream, byte[] bytes)
    {
        try
        {
            stream.Write(bytes);
            stream.Close();
        }
        catch (IOException)
        {
            // It may stop reading before the end; its output counts.
        }
    }
}
