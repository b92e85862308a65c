using System;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>What a client received, held against what the command makes of the same bytes.</summary>
internal static class Residual
{
    /// <summary>Renders a line as it would be while it arrives, with a seed of 1.</summary>
    /// <param name="line">The line's bytes, as the speech service sent them.</param>
    /// <param name="inputFormat">What they are, where they do not tell; null where they do.</param>
    /// <param name="preset">The preset.</param>
    /// <param name="output">The format, by its name.</param>
    public static async Task<byte[]> RenderAsync(byte[] line, string? inputFormat, string preset, string output)
    {
        string[] input = inputFormat is null ? [] : ["--input-format", inputFormat];
        R3xRun run = await R3xProcess.RunAsync(null, line, 4_096,
            ["render", "-", "-o", "-", "--output-format", output, "--preset", preset, "--seed", "1", .. input]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output;
    }

    /// <summary>How far two lines of 16-bit samples are apart, in dB below the expected one; they are as
    /// long.</summary>
    public static double Between(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        ReadOnlySpan<short> one = MemoryMarshal.Cast<byte, short>(expected);
        ReadOnlySpan<short> other = MemoryMarshal.Cast<byte, short>(actual);
        double power = 0, difference = 0;
        for (int i = 0; i < one.Length; i++)
        {
            power += (double)one[i] * one[i];
            difference += Math.Pow(one[i] - other[i], 2);
        }

        Assert.True(power > 0, "The expected line is silent.");
        return 10 * Math.Log10(difference / power);
    }
}
