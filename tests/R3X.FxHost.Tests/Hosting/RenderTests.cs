using System;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Lines;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

public sealed class RenderTests
{
    private static readonly SpeechSelection Neutral = SpeechSelection.OfPreset("neutral") with { Seed = 7 };

    [Theory]
    [InlineData("mp3_44100_128", 44_100)]
    [InlineData("mp3_22050_32", 22_050)]
    [InlineData("pcm_24000", 24_000)]
    [InlineData("ulaw_8000", 8_000)]
    [InlineData("wav_44100", 44_100)]
    [InlineData("opus_48000_64", 48_000)]
    public async Task A_line_comes_out_at_its_own_rate_and_at_least_its_own_length(string format, int rate)
    {
        using FxHost host = TestHost.Create();
        byte[] bytes = await File.ReadAllBytesAsync(SpokenLine.InFormat(format), TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        SpeechReport report = await host.RenderAsync(SpeechAudio.FromBytes(bytes, format), output, TestHost.Float,
            Neutral, TestContext.Current.CancellationToken);
        Assert.Equal(new AudioFormat(rate, 1), report.Format);
        Assert.Empty(report.Faults);
        Assert.Equal("neutral", report.Preset);
        Assert.InRange(report.OutputDuration, report.InputDuration, report.InputDuration + TimeSpan.FromSeconds(1));
        Assert.Equal(report.OutputDuration.TotalSeconds * rate, TestHost.Samples(output.ToArray()).Length, 0.5);
        Assert.InRange(report.EffectLatency.TotalMilliseconds, 0.1, rate >= 32_000 ? 2.5 : 20);
    }

    [Theory]
    [InlineData("mp3_44100_128", 7)]
    [InlineData("pcm_24000", 1)]
    [InlineData("wav_44100", 1021)]
    public async Task However_the_bytes_are_cut_the_file_is_the_same(string format, int size)
    {
        using FxHost host = TestHost.Create();
        byte[] bytes = await File.ReadAllBytesAsync(SpokenLine.InFormat(format), TestContext.Current.CancellationToken);
        using var whole = new MemoryStream();
        using var cut = new MemoryStream();
        await host.RenderAsync(SpeechAudio.FromBytes(bytes, format), whole, OutputFormat.Wav, Neutral,
            TestContext.Current.CancellationToken);
        await host.RenderAsync(SpeechAudio.FromChunks(TestHost.InChunksAsync(bytes, size), format), cut,
            OutputFormat.Wav, Neutral, TestContext.Current.CancellationToken);
        Assert.True(whole.Length > 10_000);
        Assert.Equal(whole.ToArray(), cut.ToArray());
    }

    [Fact]
    public async Task A_dry_16_bit_line_comes_out_sample_for_sample()
    {
        using FxHost host = TestHost.Create();
        byte[] bytes = await File.ReadAllBytesAsync(
            SpokenLine.InFormat("pcm_44100"), TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await host.RenderAsync(SpeechAudio.FromBytes(bytes, "pcm_44100"), output, TestHost.Float,
            SpeechSelection.WithoutEffects, TestContext.Current.CancellationToken);
        float[] samples = TestHost.Samples(output.ToArray());
        Assert.Equal(bytes.Length / 2, samples.Length);
        for (int i = 0; i < samples.Length; i++)
            Assert.Equal(BitConverter.ToInt16(bytes, i * 2) / 32768f, samples[i]);
    }

    [Fact]
    public async Task A_source_that_dies_in_mid_line_costs_the_rest_and_says_so()
    {
        using FxHost host = TestHost.Create();
        byte[] bytes = await File.ReadAllBytesAsync(
            SpokenLine.InFormat("pcm_24000"), TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => host.RenderAsync(
            SpeechAudio.FromStream(new DyingStream(bytes[..24_000]), "pcm_24000"), output, TestHost.Float,
                SpeechSelection.WithoutEffects, TestContext.Current.CancellationToken));
        Assert.Equal("the stream given broke off: The line was cut. What had arrived was spoken.", thrown.Message);
        Assert.Equal(12_000, TestHost.Samples(output.ToArray()).Length);
    }

    [Fact]
    public async Task An_empty_stream_holds_no_sound()
    {
        using FxHost host = TestHost.Create();
        await Assert.ThrowsAsync<UnreadableAudioException>(() => host.RenderAsync(
            SpeechAudio.FromBytes(default), Stream.Null, OutputFormat.Wav,
                cancellation: TestContext.Current.CancellationToken));
    }

    private sealed class DyingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, System.Threading.CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("The line was cut.");
        }
    }
}
