using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Cli.Bench;

/// <summary>Many lines at once, a block of each in turn, beside the same lines one after the other.</summary>
internal sealed class ManyStreams
{
    public const int Count = 100;
    private const int BlockFrames = 1_024;

    private readonly BenchSound _sound;
    private readonly TimedChain[] _chains;
    private readonly int _frames;

    public ManyStreams(ChainPlan plan, BenchSound sound)
    {
        _sound = sound;
        // A second at least, so that a chain is colder after a round than after a block.
        _frames = Math.Min(sound.Samples.Length, Math.Max(sound.SampleRate, sound.Samples.Length / Count));
        _chains = [.. Enumerable.Range(0, Count).Select(_ => new TimedChain(plan, sound.Format, BlockFrames))];
    }

    /// <summary>Seconds for all of them.</summary>
    public double Interleaved(CancellationToken cancellation)
    {
        foreach (TimedChain chain in _chains)
            chain.Reset();
        long began = Stopwatch.GetTimestamp();
        for (int at = 0; at < _frames; at += BlockFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int stream = 0; stream < Count; stream++)
                _chains[stream].Process(Line(stream).Slice(at, Math.Min(BlockFrames, _frames - at)));
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Seconds for all of them, with one chain.</summary>
    public double OneByOne(CancellationToken cancellation)
    {
        double seconds = 0;
        for (int stream = 0; stream < Count; stream++)
        {
            _chains[0].Reset();
            seconds += _chains[0].Time(Line(stream), cancellation) * _frames * 1e-9;
        }

        return seconds;
    }

    // Spread over the sound, so that no two lines say the same where it is long enough.
    private ReadOnlySpan<float> Line(int stream) =>
        _sound.Samples.AsSpan((int)((long)(_sound.Samples.Length - _frames) * stream / Count), _frames);
}
