using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>Lines through a host whose effects run in processes of their own.</summary>
internal sealed class IsolatedRun : IDisposable
{
    public const int Rate = 44_100;
    public const int BlockFrames = 1_024;

    private readonly string _presets;

    /// <param name="chain">The chain's steps.</param>
    /// <param name="isolation">Which effects run elsewhere.</param>
    /// <param name="settings">More of host.yaml.</param>
    public IsolatedRun(
        string chain, EffectIsolation isolation = EffectIsolation.All, string settings = "")
    {
        _presets = TestHost.PresetFolder(("neutral", $"preset: 1\nchain:\n{chain}"));
        File.AppendAllText(Path.Combine(_presets, "host.yaml"), settings);
        Host = TestHost.Create(
            isolation, presets: _presets, plugins: Repository.PathOf("artifacts", "test-plugins"));
    }

    public FxHost Host { get; }

    public static float[] Sine(double seconds) => TestSignal.Sine(100, -12, (int)(Rate * seconds), Rate);

    public async Task<(SpeechReport Report, float[] Heard)> RenderAsync(float[] line)
    {
        using var output = new MemoryStream();
        SpeechReport report = await Host.RenderAsync(
            SpeechAudio.FromBytes(Pcm(line), "pcm_44100"), output, TestHost.Float,
            SpeechSelection.Default with { KeepsLevel = true, Seed = 1 }, TestContext.Current.CancellationToken);
        return (report, TestHost.Samples(output.ToArray()));
    }

    public void Dispose()
    {
        Host.Dispose();
        Directory.Delete(_presets, recursive: true);
    }

    public static byte[] Pcm(float[] samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan(i * 2), (short)Math.Round(samples[i] * 32768));
        return bytes;
    }
}
