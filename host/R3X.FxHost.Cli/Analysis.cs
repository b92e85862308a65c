using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using R3X.FxHost.Decoding;
using R3X.FxHost.Metering;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli;

/// <summary>A sound and everything that was measured of it on its own.</summary>
internal sealed class Analysis
{
    // Levels are measured to the end; spectra and pictures on so much, which is what fits into memory.
    private const double MostMonoSeconds = 600;

    // More does not change how alike a voice is, and takes memory.
    private const int MostJudgedSeconds = 120;
    private const int ReadBytes = 64 * 1024;
    private const int BlockFrames = 1_024;

    private readonly List<float> _mono = [];

    private Analysis(string name, AudioFormat format)
    {
        Name = name;
        Format = format;
        Loudness = new LoudnessMeter(format);
        TruePeak = new TruePeakMeter(format.Channels);
        Level = new LevelMeter(format.Channels);
    }

    public string Name { get; }

    public AudioFormat Format { get; }

    public LoudnessMeter Loudness { get; }

    public TruePeakMeter TruePeak { get; }

    public LevelMeter Level { get; }

    public TimeSpan Duration => TimeSpan.FromSeconds((double)Loudness.Frames / Format.SampleRate);

    /// <summary>The mean of the channels, of the first ten minutes.</summary>
    public float[] Mono { get; private set; } = [];

    public double MonoSeconds => (double)Mono.Length / Format.SampleRate;

    /// <summary>Null for silence.</summary>
    public VoiceSpectrum? Spectrum { get; private set; }

    /// <summary>How alike the first two minutes are to a character; null for silence.</summary>
    public LikenessRow? Likeness(Character character)
    {
        ReadOnlySpan<float> judged = Mono.AsSpan(0, Math.Min(Mono.Length, MostJudgedSeconds * Format.SampleRate));
        return LikenessFeatures.Of(judged, Format.SampleRate, character.Profile.RippleMs) is { } features
            ? LikenessRow.Of(character, features)
            : null;
    }

    /// <summary>Decodes and measures a file, or standard input for <c>-</c>. Warnings go to standard error.</summary>
    public static Analysis Of(string path, string? inputFormat, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
            throw new UsageException($"\"{path}\" is a folder. Name a file in it.");
        string name = path == "-" ? "standard input" : Path.GetFileName(path);
        using IDecoder decoder = Decoders.Open(inputFormat);
        using Stream input = path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        try
        {
            Analysis analysis = Measure(name, decoder, input, cancellation);
            foreach (string warning in decoder.Warnings)
                Messages.Warning($"{name}: {warning}");
            return analysis;
        }
        catch (UnreadableAudioException e)
        {
            throw new UsageException($"{name}: {e.Message}");
        }
    }

    private static Analysis Measure(string name, IDecoder decoder, Stream input, CancellationToken cancellation)
    {
        byte[] bytes = new byte[ReadBytes];
        int held = 0;
        bool ended = false;
        Analysis? analysis = null;
        AudioBuffer output = new(1, BlockFrames);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!ended && held < bytes.Length)
            {
                int read = input.Read(bytes, held, bytes.Length - held);
                ended = read == 0;
                held += read;
            }

            int used = 0;
            while (true)
            {
                bool wasKnown = analysis is not null;
                DecodeStep step = decoder.Decode(bytes.AsSpan(used, held - used), ended, output.Block(BlockFrames));
                used += step.BytesConsumed;
                if (analysis is null && decoder.Format is { } format)
                {
                    analysis = new Analysis(name, format);
                    output = new AudioBuffer(format.Channels, BlockFrames);
                }

                analysis?.Add(output.Block(step.FramesWritten));
                bool moved = step.FramesWritten > 0 || step.BytesConsumed > 0 || wasKnown != (analysis is not null);
                if (!moved)
                    break;
            }

            bytes.AsSpan(used, held - used).CopyTo(bytes);
            held -= used;
            if (ended)
                break;
        }

        if (analysis is null)
            throw new UnreadableAudioException("There is no sound in it.");
        analysis.Finish();
        return analysis;
    }

    private void Add(AudioBlock block)
    {
        Loudness.Process(block);
        TruePeak.Process(block);
        Level.Process(block);
        int room = (int)Math.Min(block.Frames, (MostMonoSeconds * Format.SampleRate) - _mono.Count);
        for (int frame = 0; frame < room; frame++)
        {
            float sum = 0;
            for (int channel = 0; channel < block.Channels; channel++)
                sum += block[channel][frame];
            _mono.Add(float.IsFinite(sum) ? sum / block.Channels : 0);
        }
    }

    private void Finish()
    {
        TruePeak.Finish();
        Mono = [.. _mono];
        _mono.Clear();
        Spectrum = VoiceSpectrum.Of(Mono, Format.SampleRate);
        if (Duration.TotalSeconds > MostMonoSeconds)
            Messages.Warning($"{Name} is {Duration.TotalMinutes:F0} minutes long; levels are those of the whole, spectra those of its first {MostMonoSeconds / 60:F0} minutes.");
    }
}
