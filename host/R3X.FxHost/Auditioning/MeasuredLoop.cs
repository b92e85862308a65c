using System;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Lines;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Auditioning;

/// <summary>A whole round of the line through a chain, measured.</summary>
/// <param name="Loudness">Gated, in LUFS; negative infinity for silence.</param>
/// <param name="TruePeak">In dBTP.</param>
/// <param name="LatencyMs">The chain's, in ms.</param>
/// <param name="Sound">The first channel of the line's first part, without the chain's latency.</param>
internal sealed record MeasuredLoop(double Loudness, double TruePeak, double LatencyMs, float[] Sound)
{
    // What is understood is understood within that, and comparing it takes its time.
    private const double ComparedSeconds = 20;

    /// <summary>Measures a chain of its own, which is closed then.</summary>
    /// <param name="line">The line.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static MeasuredLoop Of(LoopedLine line, Chain chain, CancellationToken cancellation)
    {
        var through = new ProcessedLine(new LineInMemory(line.Frames), chain);
        var loudness = new LoudnessMeter(line.Format, withRange: false);
        var peak = new TruePeakMeter(line.Format.Channels);
        float[] sound = new float[Math.Min(line.Frames.Frames, line.Format.Frames(ComparedSeconds * 1000))];
        var block = new AudioBuffer(line.Format.Channels, ChainSetup.MaxBlockFrames);
        try
        {
            through.StartAt(0);
            for (int quiet = 0; !line.IsRoundOver(through.Frame, quiet);)
            {
                cancellation.ThrowIfCancellationRequested();
                int at = (int)Math.Min(through.Frame, sound.Length);
                through.Read(block.Block(block.Frames));
                loudness.Process(block.Block(block.Frames));
                peak.Process(block.Block(block.Frames));
                block[0][..Math.Min(block.Frames, sound.Length - at)].CopyTo(sound.AsSpan(at));
                quiet = LoopedLine.IsAudible(block.Block(block.Frames)) ? 0 : quiet + block.Frames;
            }
        }
        finally
        {
            chain.Close();
        }

        peak.Finish();
        double latency = chain.LatencyFrames * 1000.0 / line.Format.SampleRate;
        return new MeasuredLoop(loudness.Integrated, peak.Level, latency, sound);
    }

    /// <summary>Compares the line with an effect with the line without.</summary>
    /// <param name="dry">The line without.</param>
    /// <param name="sampleRate">Its rate.</param>
    public Verdict Against(MeasuredLoop dry, int sampleRate) => new(
        Stoi.Of(dry.Sound, Sound, sampleRate), LatencyMs, dry.Loudness, Loudness, TruePeak);
}
