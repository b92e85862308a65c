using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

/// <summary>Decodes what a client received, as a client would: by ffmpeg, which takes off no encoder's delay that
/// nothing tells it of.</summary>
internal static class Sound
{
    /// <summary>Samples at 44,100 Hz, mono.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="input">What they are where they do not tell: <c>-f s16le -ar 24000</c>.</param>
    public static float[] Decode(byte[] bytes, params string[] input)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
            ["-loglevel", "error", .. input, "-i", "pipe:0", "-ac", "1", "-ar", "44100", "-f", "f32le", "pipe:1"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        Task writing = Task.Run(() =>
        {
            ffmpeg.StandardInput.BaseStream.Write(bytes);
            ffmpeg.StandardInput.Close();
        });
        using var decoded = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(decoded);
        writing.Wait();
        ffmpeg.WaitForExit();
        return MemoryMarshal.Cast<byte, float>(decoded.ToArray()).ToArray();
    }
}
