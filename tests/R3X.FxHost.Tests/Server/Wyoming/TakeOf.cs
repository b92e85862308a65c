using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

/// <summary>What a client received, held against what the command makes of the same take.</summary>
internal static class TakeOf
{
    public const int Rate = 22_050;

    /// <summary>What the stand-in speaks for sentences.</summary>
    public static async Task<byte[]> SentencesAsync(string voice, params string[] sentences)
    {
        var all = new List<byte>();
        foreach (string sentence in sentences)
            all.AddRange(await Upstream.AudioAsync(voice, sentence, $"pcm_{Rate}"));
        return [.. all];
    }

    /// <summary>Holds a line that came against <c>r3x render -</c> of its take.</summary>
    public static async Task IsRenderedAsync(byte[] take, byte[] heard, string preset, int seed)
    {
        R3xRun run = await R3xProcess.RunAsync(null, take, 4_096,
            "render", "-", "-o", "-", "--input-format", $"pcm_{Rate}", "--output-format", "pcm",
            "--preset", preset, "--seed", $"{seed}");
        run.Ended(0);
        Assert.Equal(run.Output.Length, heard.Length);
        double residual = Noise.ResidualDecibels(Floats(run.Output), Floats(heard));
        Assert.True(residual < -60, $"{residual:0} dB are left.");
    }

    public static float[] Floats(byte[] samples) =>
        [.. MemoryMarshal.Cast<byte, short>(samples).ToArray().Select(static sample => sample / 32_768f)];
}
