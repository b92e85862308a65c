using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Exporting;

/// <summary>The demo's line, and what the host makes of it in draft quality.</summary>
internal static class DraftLine
{
    /// <summary>The line at a rate, mono.</summary>
    public static float[] Demo(int rate)
    {
        string file = Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3");
        using var ffmpeg = Process.Start(
            new ProcessStartInfo("ffmpeg", $"-v error -i {file} -ac 1 -ar {rate} -f f32le -")
            {
                RedirectStandardOutput = true,
            })!;
        using var bytes = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(bytes);
        ffmpeg.WaitForExit();
        return MemoryMarshal.Cast<byte, float>(bytes.ToArray()).ToArray();
    }

    /// <summary>A line through a preset's chain, late by the chain's latency.</summary>
    public static float[] Processed(Preset preset, float[] line, int rate, StartingGains gains)
    {
        Chain chain = Chain.Prepare(preset.Plan with { Quality = RenderQuality.Draft },
            new ChainSetup(new AudioFormat(rate, 1))
            {
                Reference = new ChainGain(gains.ReferenceDb),
                Match = new ChainGain(gains.MatchDb),
                IsLevelled = true,
                Clock = new ManualClock(),
            });
        var buffer = new AudioBuffer(1, line.Length);
        line.CopyTo(buffer[0]);
        AudioBlock all = buffer.Block(line.Length);
        for (int at = 0; at < line.Length; at += chain.MaxFrames)
            chain.Process(all.Slice(at, Math.Min(chain.MaxFrames, line.Length - at)));
        Assert.All(chain.Slots, slot => Assert.Null(slot.Fault));
        return buffer[0].ToArray();
    }

    /// <summary>The energy of the difference beside that of what is expected, in dB.</summary>
    public static double Residual(float[] expected, float[] actual)
    {
        double difference = 0, energy = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            energy += Math.Pow(expected[i], 2);
        }

        return 10 * Math.Log10(Math.Max(difference, 1e-30) / energy);
    }
}
