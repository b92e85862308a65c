using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>Files too long to be kept while they are measured, and worth two threads.</summary>
public sealed class LongLineTests : IDisposable
{
    private const int Rate = 44_100;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"r3x-long-{Guid.NewGuid():N}.raw");

    [Theory]
    [InlineData("neutral")]
    [InlineData("radio")]
    public async Task A_long_file_comes_out_as_the_same_bytes_from_a_stream_do(string preset)
    {
        byte[] bytes = await WriteAsync(Signals.Voice(60 * Rate, Rate));
        using FxHost host = TestHost.Create();
        SpeechSelection selection = SpeechSelection.OfPreset(preset) with { Seed = 3 };
        using var fromFile = new MemoryStream();
        using var fromStream = new MemoryStream();
        SpeechReport report = await host.RenderAsync(SpeechAudio.FromFile(_file, "pcm_44100"), fromFile,
            OutputFormat.Wav, selection, TestContext.Current.CancellationToken);
        SpeechReport streamed = await host.RenderAsync(
            SpeechAudio.FromChunks(TestHost.InChunksAsync(bytes, 9_999), "pcm_44100"), fromStream,
            OutputFormat.Wav, selection, TestContext.Current.CancellationToken);
        Assert.Equal("", string.Join("\n", [.. report.Faults, .. streamed.Faults]));
        Assert.Equal(60, report.InputDuration.TotalSeconds, 1e-9);
        Assert.True(fromFile.ToArray().AsSpan().SequenceEqual(fromStream.ToArray()));
    }

    [Fact]
    public async Task A_full_disk_ends_a_long_line_with_its_reason()
    {
        await WriteAsync(Signals.Voice(30 * Rate, Rate));
        using FxHost host = TestHost.Create();
        using var disk = new SmallDisk();
        IOException failure = await Assert.ThrowsAsync<IOException>(() =>
            host.RenderAsync(SpeechAudio.FromFile(_file, "pcm_44100"), disk, OutputFormat.Wav,
                SpeechSelection.OfPreset("neutral"), TestContext.Current.CancellationToken));
        Assert.Equal("The disk is full.", failure.Message);
    }

    public void Dispose() => File.Delete(_file);

    private async Task<byte[]> WriteAsync(float[] samples)
    {
        byte[] bytes = MemoryMarshal.AsBytes(
            Array.ConvertAll(samples, sample => (short)(sample * 20_000)).AsSpan()).ToArray();
        await File.WriteAllBytesAsync(_file, bytes, TestContext.Current.CancellationToken);
        return bytes;
    }

    // Fills up when the line has long been on two threads.
    private sealed class SmallDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length > 20 * Rate * sizeof(short))
                throw new IOException("The disk is full.");
            base.Write(buffer);
        }
    }
}
