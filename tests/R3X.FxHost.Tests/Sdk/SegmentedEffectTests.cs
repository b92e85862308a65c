using System;
using System.Collections.Generic;
using CsCheck;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Sdk;

/// <summary>Where the base class of effects cuts a line, and when it hands settings on.</summary>
public sealed class SegmentedEffectTests
{
    private const int Segment = SegmentedEffect.SegmentFrames;
    private const int Cell = 16;

    [Fact]
    public void Segments_end_at_the_same_frames_however_a_line_is_cut()
    {
        Gen.Int[1, 1024].Array[1, 40].Sample(blocks =>
        {
            var probe = Probe.Prepared(flushesWhileStill: true);
            foreach (int block in blocks)
                probe.Process(block);
            foreach ((int start, int frames) in probe.Segments)
            {
                if (start / Segment != (start + frames - 1) / Segment)
                    return false;
            }

            return probe.Frames == probe.Heard && probe.Flushes.TrueForAll(at => at % Segment == 0)
                && probe.Flushes.Count == probe.Frames / Segment;
        });
    }

    [Fact]
    public void Without_upkeep_only_cells_count_until_something_moves()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 1024]).Array[1, 20].Sample(blocks =>
        {
            var probe = Probe.Prepared(flushesWhileStill: false);
            foreach ((int cells, int rest) in blocks)
            {
                // To the next line of the parameter grid and some cells of it, then with a move.
                probe.Process((ParameterGrid.Frames * cells) - (probe.Frames % ParameterGrid.Frames));
                int from = probe.Segments.Count, left = rest, moving = ParameterGrid.Frames;
                probe.SetParameter(Probe.A, 5);
                probe.Process(rest);
                foreach ((int start, int frames) in probe.Segments[from..])
                {
                    if (frames != Math.Min(left, moving > 0 ? moving : Segment - (start % Cell)))
                        return false;
                    left -= frames;
                    moving -= frames;
                }
            }

            return true;
        });
    }

    [Fact]
    public void Settings_are_applied_at_once_at_the_start_and_by_ramps_later_all_together()
    {
        var probe = Probe.Prepared(flushesWhileStill: true);
        Assert.Equal(["at once: a=1 b=2 changed: a b"], probe.Applied);
        probe.Process(32);
        probe.SetParameter(Probe.A, 5);
        probe.SetParameter(Probe.B, 2);
        probe.Process(32);
        probe.SetParameter(Probe.B, 6);
        probe.Process(32);
        probe.Process(32);
        Assert.Equal(["ramp: a=5 b=2 changed: a b", "ramp: a=5 b=6 changed: b"], probe.Applied[1..]);
        probe.SetParameter(Probe.A, 7);
        probe.Reset();
        probe.Process(32);
        Assert.Equal(["at once: a=1 b=2 changed: a b"], probe.Applied[3..]);
    }

    [Fact]
    public void What_is_no_sound_does_not_reach_the_effect()
    {
        var probe = Probe.Prepared(flushesWhileStill: true);
        float[] samples = [1, float.NaN, float.PositiveInfinity, -1e30f, 0.5f];
        probe.Process(new AudioBlock(samples));
        Assert.Equal([1, 0, 0, 0, 0.5f], samples);
    }

    [Fact]
    public void Before_it_is_prepared_an_effect_leaves_the_sound_alone()
    {
        var probe = new Probe(flushesWhileStill: true);
        probe.Reset();
        probe.Process(64);
        Assert.Empty(probe.Segments);
        Assert.Empty(probe.Applied);
    }

    private sealed class Probe(bool flushesWhileStill) : SegmentedEffect(A, B)
    {
        public static readonly Parameter A = new("a", ParameterUnit.None, 0, 10, 1, "One.");
        public static readonly Parameter B = new("b", ParameterUnit.None, 0, 10, 2, "Another.");

        public List<(int Start, int Frames)> Segments { get; } = [];

        public List<int> Flushes { get; } = [];

        public List<string> Applied { get; } = [];

        public int Frames { get; private set; }

        public int Heard { get; private set; }

        protected override bool FlushesWhileStill => flushesWhileStill;

        public static Probe Prepared(bool flushesWhileStill)
        {
            var probe = new Probe(flushesWhileStill);
            probe.Prepare(new EffectSetup(new AudioFormat(48_000, 1), 1024, RenderQuality.Full, 0, [A, B], [1, 2]));
            probe.Flushes.Clear();
            return probe;
        }

        public void Process(int frames)
        {
            Process(new AudioBlock(new float[frames]));
            Frames += frames;
        }

        protected override void ApplySettings(bool atOnce) => Applied.Add(
            $"{(atOnce ? "at once" : "ramp")}: a={this[A]} b={this[B]} changed:{(HasChanged(A) ? " a" : "")}"
            + (HasChanged(B) ? " b" : ""));

        protected override void ProcessSegment(AudioBlock segment)
        {
            Segments.Add((Heard, segment.Frames));
            Heard += segment.Frames;
        }

        protected override void Flush() => Flushes.Add(Heard);
    }
}
