using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Encoding;
using R3X.FxHost.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A host over the repository's own presets and effects.</summary>
internal static class TestHost
{
    public static OutputFormat Float { get; } = OutputFormat.Wav with { Samples = SampleFormat.Float32 };

    public static FxHost Create(string device = "null", string? pulseServer = null, string? presets = null,
        params string[] plugins) => Create(EffectIsolation.None, device, pulseServer, presets, plugins);

    /// <summary>The same, with some or all effects in processes of their own.</summary>
    public static FxHost Create(EffectIsolation isolation, string device = "null", string? pulseServer = null,
        string? presets = null, params string[] plugins) => FxHost.Create(new FxHostOptions
    {
        Isolation = isolation,
        PresetFolder = presets ?? Repository.PathOf("presets"),
        PluginFolders = plugins,
        Device = device,
        // Tests compare samples: a machine busy with other tests must not get a word in.
        DeviceOptions = new OutputDeviceOptions { PulseServer = pulseServer, BufferMilliseconds = 200 },
    });

    /// <summary>A folder of presets of a test's own, with a host.yaml that finds the repository's effects.</summary>
    public static string PresetFolder(params (string Id, string Text)[] presets)
    {
        string folder = Directory.CreateTempSubdirectory("r3x-presets-").FullName;
        File.WriteAllText(
            Path.Combine(folder, "host.yaml"), $"host: 1\nplugins: [ \"{Repository.PathOf("plugins")}\" ]\n");
        foreach ((string id, string text) in presets)
            File.WriteAllText(Path.Combine(folder, id + ".yaml"), text);
        return folder;
    }

    /// <summary>The samples of a mono WAV file of floats.</summary>
    public static float[] Samples(byte[] wav) => Floats(wav.AsSpan(wav.AsSpan().IndexOf("data"u8) + 8));

    /// <summary>Floats as they are in memory.</summary>
    public static float[] Floats(ReadOnlySpan<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    /// <summary>Renders mono samples at 44.1 kHz in memory, as loud as they come.</summary>
    public static async Task<(SpeechReport Report, float[] Heard)> RenderedAsync(
        this FxHost host, float[] samples, ulong seed, string? preset = null)
    {
        var bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan(i * 2), (short)Math.Round(samples[i] * 32768));
        using var output = new MemoryStream();
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromBytes(bytes, "pcm_44100"), output, Float,
            new SpeechSelection { Preset = preset, KeepsLevel = true, Seed = seed },
            TestContext.Current.CancellationToken);
        return (report, Samples(output.ToArray()));
    }

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> InChunksAsync(byte[] bytes, int size)
    {
        for (int at = 0; at < bytes.Length; at += size)
        {
            await System.Threading.Tasks.Task.Yield();
            yield return bytes.AsMemory(at, Math.Min(size, bytes.Length - at));
        }
    }
}
