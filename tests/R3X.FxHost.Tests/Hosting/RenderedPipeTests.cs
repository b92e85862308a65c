using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using R3X.FxHost.Formats;
using R3X.FxHost.Lines;
using R3X.FxHost.Tests.Decoding;
using R3X.FxHost.Tests.Encoding;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A line rendered into a pipe while it arrives, as a server answers it.</summary>
public sealed class RenderedPipeTests
{
    private const int Rate = 24_000;

    [Theory]
    [InlineData("mp3_24000_48")]
    [InlineData("mp3_44100_128")]
    [InlineData("opus_48000_32")]
    [InlineData("aac")]
    [InlineData("flac")]
    [InlineData("wav_24000")]
    [InlineData("pcm_24000")]
    public async Task Its_sound_is_as_late_as_its_progress_tells(string name)
    {
        using FxHost host = TestHost.Create();
        float[] burst = StreamedLine.Burst(Rate);
        var progress = new LineProgress();
        var pipe = new Pipe();
        var sent = new MemoryStream();
        Task reading = pipe.Reader.CopyToAsync(sent, TestContext.Current.CancellationToken);
        await host.RenderAsync(
            SpeechAudio.FromChunks(Arriving(burst), "f32_24000"), pipe.Writer,
            new OutputFormat(AudioFormatName.Parse(name)), SpeechSelection.WithoutEffects, progress,
            TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        await reading;
        Decoded decoded = Decoded.From(sent.ToArray(), name == "pcm_24000" ? name : null);
        int rate = decoded.Format.SampleRate;
        int late = StreamedLine.DelayOf(StreamedLine.Burst(rate), decoded.Channels[0]);
        Assert.Equal((double)progress.DelayFrames / Rate, (double)late / rate, 1.0 / Rate);
        Assert.InRange(decoded.Frames, rate, (rate * 1.2) + late);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Arriving(float[] sound)
    {
        byte[] bytes = MemoryMarshal.AsBytes(sound.AsSpan()).ToArray();
        foreach (byte[] chunk in bytes.Chunk(4_001))
        {
            await Task.Yield();
            yield return chunk;
        }
    }
}
