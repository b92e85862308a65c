using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>The command on processors with narrower registers than this one has: the runtime is told to leave
/// instructions out.</summary>
public sealed class RegisterWidthTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    // The switch, and the lanes of the kernels that must have been compiled. .NET needs at least those of four floats.
    private static readonly (string Instructions, string Lanes)[] Narrower =
        [("EnableAVX512", "Lanes8"), ("EnableAVX2", "Lanes4")];

    [Fact]
    public async Task The_neutral_line_is_the_same_with_every_width_of_register()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has one width of register.");
        float[] widest = await RenderAsync(null, Avx512F.IsSupported ? "Lanes16" : "Lanes8");
        Assert.InRange(widest.Max(Math.Abs), 0.1f, 1);
        foreach ((string instructions, string lanes) in Narrower)
        {
            float[] narrower = await RenderAsync(instructions, lanes);
            Assert.Equal(widest.Length, narrower.Length);
            Assert.InRange(widest.Zip(narrower, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5f);
        }
    }

    private async Task<float[]> RenderAsync(string? without, string lanes)
    {
        string name = without ?? "widest";
        ProcessStartInfo start = R3xProcess.Command(lines.Folder, R3xProcess.Program, "render", "line.wav", "-o",
            name + ".wav", "--preset", "neutral", "--bits", "float");
        string compiled = lines.PathOf(name + ".compiled");
        // What is compiled ahead of time is not said.
        start.Environment["DOTNET_ReadyToRun"] = "0";
        start.Environment["DOTNET_JitStdOutFile"] = compiled;
        start.Environment["DOTNET_JitDisasmSummary"] = "1";
        if (without is not null)
            start.Environment["DOTNET_" + without] = "0";
        using R3xProcess process = R3xProcess.Start(start);
        process.Input.Close();
        (await process.EndAsync()).Ended(0);

        string methods = await File.ReadAllTextAsync(compiled, TestContext.Current.CancellationToken);
        foreach (string width in new[] { "Lanes4", "Lanes8", "Lanes16" })
            Assert.Equal(width == lanes,
                methods.Contains($"EnvelopeScan:Run[R3X.FxHost.Sdk.Dsp.Kernels.{width}]", StringComparison.Ordinal));
        byte[] file = lines.Bytes(name + ".wav");
        int samples = file.AsSpan().IndexOf("data"u8) + 8;
        return MemoryMarshal.Cast<byte, float>(file.AsSpan(samples)).ToArray();
    }
}
