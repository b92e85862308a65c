using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using NAudio.Wave;
using NAudio.Wave.SampleProviders;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>NAudio on both sides of the host.</summary>
public sealed class SampleProviderTests
{
    private static readonly SpeechSelection Excited = SpeechSelection.OfPreset("excited") with { Seed = 3 };

    [Fact]
    public async Task A_line_is_pulled_as_it_is_written()
    {
        using FxHost host = FxHost.Create();
        byte[] line = await File.ReadAllBytesAsync(
            Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3"), TestContext.Current.CancellationToken);
        var written = new MemoryStream();
        await host.RenderAsync(
            SpeechAudio.FromBytes(line), written, TestHost.Float, Excited, TestContext.Current.CancellationToken);
        float[] expected = Decoded.From(written.ToArray()).Interleaved();
        foreach (int samples in (int[])[441, 5_000])
        {
            float[] pulled = Pull(host.ToSampleProvider(SpeechAudio.FromBytes(line), Excited), samples);
            // It ends with the longest tail there can be, a written line with the last sound.
            Assert.InRange(pulled.Length, expected.Length, expected.Length + 441_000);
            Differences.Within(0, expected, pulled.AsSpan(0, expected.Length));
        }
    }

    [Fact]
    public void A_chain_over_a_source_goes_on_as_long_as_the_source_and_its_tail()
    {
        using FxHost host = FxHost.Create();
        ISampleProvider source = new SignalGenerator(48_000, 2) { Frequency = 300, Gain = 0.2 }.Take(
            TimeSpan.FromSeconds(1));
        ISampleProvider processed = host.ToSampleProvider(source, SpeechSelection.WithoutEffects);
        Assert.Equal(2, processed.WaveFormat.Channels);
        float[] expected = Pull(
            new SignalGenerator(48_000, 2) { Frequency = 300, Gain = 0.2 }.Take(TimeSpan.FromSeconds(1)), 960);
        Differences.Within(0, expected, Pull(processed, 1_000));
        Assert.Equal(0, processed.Read(new float[10]));
    }

    [Fact]
    public async Task A_source_is_spoken_as_a_line()
    {
        using FxHost host = FxHost.Create();
        var written = new MemoryStream();
        ISampleProvider source = new SignalGenerator(24_000, 1) { Frequency = 300, Gain = 0.2 }.Take(
            TimeSpan.FromSeconds(1));
        await host.RenderAsync(source.ToSpeechAudio(), written, TestHost.Float, SpeechSelection.WithoutEffects,
            TestContext.Current.CancellationToken);
        Assert.Equal(24_000, Decoded.From(written.ToArray()).Frames);
        var six = new SignalGenerator(24_000, 6);
        Assert.Contains("6 channels", Assert.Throws<ArgumentException>(() => six.ToSpeechAudio()).Message,
            StringComparison.Ordinal);
    }

    private static float[] Pull(ISampleProvider provider, int samples)
    {
        var all = new List<float>();
        float[] buffer = new float[samples];
        while (provider.Read(buffer) is var read and > 0)
            all.AddRange(buffer.AsSpan(0, read));
        (provider as IDisposable)?.Dispose();
        return [.. all];
    }
}
