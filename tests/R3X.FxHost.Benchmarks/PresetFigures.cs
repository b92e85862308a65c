using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Metering.Likeness;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Benchmarks;

/// <summary>What a preset makes of one voice.</summary>
/// <param name="Loudness">Of the written line with its tail, in LUFS.</param>
/// <param name="TruePeak">In dBTP.</param>
/// <param name="Intelligibility">STOI against the dry line, aligned by the declared latency.</param>
/// <param name="DryLikeness">Of the dry line to DJ R-3X; 1 is a recording of him, more is further away.</param>
/// <param name="WetLikeness">Of the written line.</param>
/// <param name="Latency">What the effects declare.</param>
/// <param name="NanosecondsPerSample">The guarded chain alone, median of several runs.</param>
internal sealed record PresetFigures(
    double Loudness,
    double TruePeak,
    double Intelligibility,
    double DryLikeness,
    double WetLikeness,
    TimeSpan Latency,
    double NanosecondsPerSample)
{
    private const int Runs = 7;

    // By time, not by runs: a short line would be measured while its code is still being compiled.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.7);

    /// <summary>Renders a file with a preset as <c>r3x render</c> does, seed 0, and measures the result.</summary>
    public static async Task<PresetFigures> MeasureAsync(FxHost host, Preset preset, byte[] file)
    {
        using var written = new MemoryStream();
        SpeechSelection selection = SpeechSelection.OfPreset(preset.Id) with { Seed = 0 };
        SpeechReport report = await host.RenderAsync(SpeechAudio.FromBytes(file), written, OutputFormat.Wav, selection);
        var dry = Recording.Of(file);
        var wet = Recording.Of(written.ToArray());
        var loudness = new LoudnessMeter(new AudioFormat(wet.SampleRate, 1));
        var truePeak = new TruePeakMeter(1);
        loudness.Process(new AudioBlock(wet.Samples));
        truePeak.Process(new AudioBlock(wet.Samples));
        truePeak.Finish();
        return new PresetFigures(
            loudness.Integrated,
            truePeak.Level,
            Stoi.Of(dry.Samples, wet.Samples, dry.SampleRate),
            Likeness(dry),
            Likeness(wet),
            report.EffectLatency,
            Time(preset.Plan, report.StartingGains ?? StartingGains.None, dry));
    }

    private static double Likeness(Recording recording) =>
        LikenessFeatures.Of(recording.Samples, recording.SampleRate, CharacterProfile.DjRex.RippleMs) is { } features
            ? CharacterProfile.DjRex.Score(features).Sound
            : double.NaN;

    private static double Time(ChainPlan plan, StartingGains gains, Recording dry)
    {
        var chain = Chain.Prepare(plan, new ChainSetup(new AudioFormat(dry.SampleRate, 1))
        {
            Reference = new ChainGain(gains.ReferenceDb),
            Match = new ChainGain(gains.MatchDb),
        });
        chain.WarmUp();
        var buffer = new AudioBuffer(1, chain.MaxFrames);
        var times = new double[Runs];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
            TimeOnce(chain, buffer, dry.Samples);
        for (int run = 0; run < Runs; run++)
            times[run] = TimeOnce(chain, buffer, dry.Samples);
        Array.Sort(times);
        return times[Runs / 2];
    }

    private static double TimeOnce(Chain chain, AudioBuffer buffer, float[] samples)
    {
        chain.Reset();
        long began = Stopwatch.GetTimestamp();
        for (int at = 0; at < samples.Length; at += buffer.Frames)
        {
            int frames = Math.Min(buffer.Frames, samples.Length - at);
            samples.AsSpan(at, frames).CopyTo(buffer[0]);
            chain.Process(buffer.Block(frames));
        }

        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / samples.Length;
    }
}
