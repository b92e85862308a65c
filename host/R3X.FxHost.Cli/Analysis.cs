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
        SpeechAudio audio = path == "-"
            ? SpeechAudio.FromStream(Console.OpenStandardInput(), inputFormat).Named(name)
            : SpeechAudio.FromFile(path, inputFormat);
        using var reader = new LineReader(audio, cancellation);
        try
        {
            var analysis = new Analysis(name, reader.Open());
            var block = new AudioBuffer(analysis.Format.Channels, BlockFrames);
            while (reader.Read(block.Block(BlockFrames)) is var frames and > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                analysis.Add(block.Block(frames));
            }

            analysis.Finish();
            foreach (string warning in reader.Warnings)
                Messages.Warning($"{name}: {warning}");
            return analysis;
        }
        catch (UnreadableAudioException e)
        {
            throw new UsageException($"{name}: {e.Message}");
        }
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
            Messages.Warning($"{Name} is {Duration.TotalMinutes:F0} minutes long; levels are those of the whole, "
                + $"spectra those of its first {MostMonoSeconds / 60:F0} minutes.");
    }
}
