using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Threading;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli.Bench;

/// <summary>
/// Measures everything once a run, in turn, so that a machine that is slow for a while is slow for all. The calling
/// thread does the work.
/// </summary>
internal sealed class BenchRun(Preset preset, BenchSound sound, BenchFolder folder, string[] renderOptions)
{
    // Effects work in segments of 256 frames. 441 frames, 10 ms of a feed, are off that grid: nearly all of its
    // segments come in two parts.
    private static readonly int[] BlockSizes = [1_024, 512, 256, 441];
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1.5);

    private readonly (RenderQuality Quality, TimedChain Chain, List<double> Times)[] _chains =
    [
        .. from quality in new[] { RenderQuality.Full, RenderQuality.Draft }
           from frames in BlockSizes
           select (quality, new TimedChain(preset.Plan with { Quality = quality }, sound.Format, frames),
               new List<double>()),
    ];

    private readonly Contender[] _contenders = [.. Peer.All.Select(peer => Contender.Of(peer)),
        Contender.Self(renderOptions)];
    private readonly ManyStreams _streams = new(preset.Plan, sound);
    private readonly SilentTail _tail = new(preset.Plan, sound);
    private readonly ShortLine _shortLine = new();
    private readonly List<double> _interleaved = [];
    private readonly List<double> _oneByOne = [];
    private readonly List<double> _silence = [];

    /// <exception cref="UsageException">A program that is there ended with an error.</exception>
    public BenchRow Measure(int runs, CancellationToken cancellation)
    {
        using var progress = new BenchProgress((runs * ((2 * _contenders.Length) + 3)) + 1);
        int? pinned = MeasureOnOneCore(runs, progress, cancellation);
        // As people run them.
        for (int run = 1; run <= runs; run++)
        {
            foreach (Contender contender in _contenders)
            {
                progress.Next($"run {run} of {runs}: {contender.Name} on every core");
                contender.RunFreely(folder, cancellation);
            }

            progress.Next($"run {run} of {runs}: a short line");
            _shortLine.Run(folder, cancellation);
        }

        foreach (string bypassed in _chains[0].Chain.Bypassed)
            Messages.Warning($"{bypassed} was bypassed: the figures are those of the rest of the chain.");
        return Row(runs, pinned);
    }

    private int? MeasureOnOneCore(int runs, BenchProgress progress, CancellationToken cancellation)
    {
        using var core = new OneCore();
        progress.Next("warming up");
        WarmUp(cancellation);
        for (int run = 1; run <= runs; run++)
        {
            foreach (Contender contender in _contenders)
            {
                progress.Next($"run {run} of {runs}: {contender.Name}");
                contender.Run(folder, cancellation);
            }

            progress.Next($"run {run} of {runs}: the chain in this process");
            foreach ((_, TimedChain chain, List<double> times) in _chains)
                times.Add(Line(chain, sound.Samples, cancellation));
            progress.Next($"run {run} of {runs}: {ManyStreams.Count} streams, silence");
            _interleaved.Add(_streams.Interleaved(cancellation));
            _oneByOne.Add(_streams.OneByOne(cancellation));
            _silence.Add(_tail.Ratio(cancellation));
        }

        return core.Core;
    }

    // A line begins at a first frame: a chain that went on where a sound of any length ended would have the rest of
    // that length, not the size of its blocks, decide how many pieces it works in.
    private static double Line(TimedChain chain, ReadOnlySpan<float> samples, CancellationToken cancellation)
    {
        chain.Reset();
        return chain.Time(samples, cancellation);
    }

    // What is compiled better while it runs is compiled before it is measured.
    private void WarmUp(CancellationToken cancellation)
    {
        ReadOnlySpan<float> start = sound.Samples.AsSpan(0, Math.Min(sound.Samples.Length, sound.SampleRate));
        long began = Stopwatch.GetTimestamp();
        do
        {
            foreach ((_, TimedChain chain, _) in _chains)
                Line(chain, start, cancellation);
        }
        while (Stopwatch.GetElapsedTime(began) < WarmUpTime);
    }

    private BenchRow Row(int runs, int? core)
    {
        ChainRow[] chain = [.. _chains.Select(
            measured => ChainOf(measured.Quality, measured.Chain.BlockFrames, Figure.Of(measured.Times)))];
        ProgramRow[] programs = [.. _contenders.Select(contender => contender.Row(sound, chain[0].NsPerSample.Median))];
        double? render = programs[^1].WallSeconds?.Median / programs[0].WallSeconds?.Median;
        double? freely = programs[^1].EveryCoreSeconds?.Median / programs[0].EveryCoreSeconds?.Median;
        double interleaved = Figure.Of(_interleaved).Median;
        double oneByOne = Figure.Of(_oneByOne).Median;
        return new BenchRow(
            preset.Id, sound.Name, sound.Seconds, sound.SampleRate, runs, core, VectorBits(), chain, programs, render,
                freely, _shortLine.Row(),
            new StreamsRow(ManyStreams.Count, interleaved, oneByOne, interleaved / oneByOne),
                Figure.Of(_silence).Median);
    }

    private ChainRow ChainOf(RenderQuality quality, int blockFrames, Figure nanoseconds) =>
        new(Listing.Word(quality), blockFrames, nanoseconds, 1e9 / (nanoseconds.Median * sound.SampleRate));

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated
            ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
