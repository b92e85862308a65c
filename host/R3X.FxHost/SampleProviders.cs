using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using NAudio.Wave;
using R3X.FxHost.Chains;
using R3X.FxHost.Decoding;
using R3X.FxHost.Levelling;
using R3X.FxHost.Lines;
using R3X.FxHost.Sdk;
using AudioBuffer = R3X.FxHost.Sdk.AudioBuffer;

namespace R3X.FxHost;

/// <summary>
/// NAudio on both sides of the host: what NAudio reads is spoken, what the host makes is pulled by NAudio. A provider
/// serves one thread at a time, and has ended where it reads 0 samples; one that is not read to its end is to be disposed.
/// </summary>
public static class SampleProviders
{
    private const int ChunksPerSecond = 50;

    /// <summary>
    /// A line through its chain. A file, and bytes in memory, are measured first; a stream is followed, and reading waits
    /// for its bytes.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="audio">The line.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <returns>Samples at the line's own rate, one channel or two. It is <see cref="IDisposable"/>.</returns>
    /// <exception cref="UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    public static ISampleProvider ToSampleProvider(this FxHost host, SpeechAudio audio, SpeechSelection? selection = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(audio);
        LineChain line = host.Choose(selection);
        var reader = new LineReader(audio);
        AudioFormat format = reader.Open();
        if (!audio.IsComplete || !line.Measures)
            return new ChainSampleProvider(line, line.Prepare(format, held: null), (_, block) => reader.Read(block), reader);
        var take = new MeasuredTake(format) { IsWhole = true };
        var read = new AudioBuffer(format.Channels, ChainSetup.MaxBlockFrames);
        while (reader.Read(read.Block(read.Frames)) is var frames and > 0)
            take.Write(read.Block(frames));
        reader.Dispose();
        LineStart start = line.Prepare(format, take);
        return new ChainSampleProvider(line, start, (start.Arrived ?? take).ReadLine, take);
    }

    /// <summary>What another provider reads, through a chain, for as long as it goes on.</summary>
    /// <param name="host">The host.</param>
    /// <param name="source">32-bit float samples, one channel or two, 8,000 to 96,000 Hz.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <returns>Samples at the source's rate, with the tail behind its end. It is <see cref="IDisposable"/>.</returns>
    /// <exception cref="ArgumentException">Another format.</exception>
    public static ISampleProvider ToSampleProvider(this FxHost host, ISampleProvider source, SpeechSelection? selection = null) =>
        host.ToSampleProvider(source.ToSpeechAudio(), selection);

    /// <summary>What a provider reads, as a line to be spoken or written: read once, while it is spoken.</summary>
    /// <param name="source">32-bit float samples, one channel or two, 8,000 to 96,000 Hz.</param>
    /// <exception cref="ArgumentException">Another format.</exception>
    public static SpeechAudio ToSpeechAudio(this ISampleProvider source)
    {
        ArgumentNullException.ThrowIfNull(source);
        (int rate, int channels) = (source.WaveFormat.SampleRate, source.WaveFormat.Channels);
        if (channels is not (1 or 2) || rate is < AudioFormat.MinimumSampleRate or > AudioFormat.MaximumSampleRate)
        {
            throw new ArgumentException(
                $"The provider has {channels} channels at {rate} Hz; one or two at {AudioFormat.MinimumSampleRate} to"
                    + $" {AudioFormat.MaximumSampleRate} Hz are understood. Put a WdlResamplingSampleProvider or a"
                    + " StereoToMonoSampleProvider in between.",
                nameof(source));
        }

        return SpeechAudio.FromChunks(ReadAsync(source), $"f32_{rate}{(channels == 2 ? "_stereo" : "")}");
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ISampleProvider source)
    {
        await Task.CompletedTask;
        float[] samples = new float[source.WaveFormat.SampleRate / ChunksPerSecond * source.WaveFormat.Channels];
        byte[] bytes = new byte[samples.Length * sizeof(float)];
        while (source.Read(samples) is var read and > 0)
        {
            MemoryMarshal.AsBytes(samples.AsSpan(0, read)).CopyTo(bytes);
            yield return bytes.AsMemory(0, read * sizeof(float));
        }
    }
}
