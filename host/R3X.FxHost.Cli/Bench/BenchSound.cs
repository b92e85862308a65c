using System;
using System.IO;
using System.Threading;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli.Bench;

/// <summary>What every program is measured with: mono samples, full scale at 1.</summary>
internal sealed record BenchSound(string Name, float[] Samples, int SampleRate)
{
    private const int BlockFrames = 1_024;

    public AudioFormat Format => new(SampleRate, 1);

    public double Seconds => (double)Samples.Length / SampleRate;

    /// <summary>A recording, repeated or cut to a length; without one, speech-like sound.</summary>
    /// <exception cref="UsageException">The file holds no sound.</exception>
    public static BenchSound Of(string? file, int seconds, CancellationToken cancellation)
    {
        if (file is null)
            return new BenchSound("speech-like sound", SpeechLike.Make(seconds, cancellation), SpeechLike.SampleRate);
        Analysis recording = Analysis.Of(file, null, cancellation);
        if (recording.Mono.Length == 0)
            throw new UsageException($"{file} holds no samples. Name a recording, or leave it out.");
        float[] samples = new float[seconds * recording.Format.SampleRate];
        for (int at = 0; at < samples.Length; at += recording.Mono.Length)
            recording.Mono.AsSpan(0, Math.Min(recording.Mono.Length, samples.Length - at)).CopyTo(samples.AsSpan(at));
        return new BenchSound(recording.Name, samples, recording.Format.SampleRate);
    }

    /// <summary>Writes it as a WAV file of 16 bits.</summary>
    public void Write(string path, CancellationToken cancellation)
    {
        using FileStream stream = File.Create(path);
        using IEncoder encoder = Encoders.Open(stream, Format, AudioFormatName.Parse("wav"), ditherSeed: 0);
        for (int at = 0; at < Samples.Length; at += BlockFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            encoder.Write(new AudioBlock(Samples.AsSpan(at, Math.Min(BlockFrames, Samples.Length - at))));
        }

        encoder.Complete();
    }
}
