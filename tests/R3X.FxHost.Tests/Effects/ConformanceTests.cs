using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>What every effect promises, checked on every effect that is found.</summary>
public sealed class ConformanceTests
{
    private const int Rate = 44_100;

    private static readonly int[] Rates = [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

    public static TheoryData<string> Effects => [.. DiscoveredEffects.Ids];

    // Those whose output looks like their input.
    public static TheoryData<string> EffectsWithMeasurableLatency =>
        [.. DiscoveredEffects.Ids.Where(id => DiscoveredEffects.Describe(id).LatencyIsMeasurable)];

    [Theory]
    [MemberData(nameof(Effects))]
    public void The_folder_is_the_id_and_settings_are_told_in_a_sentence(string id)
    {
        Assert.Equal(id, DiscoveredEffects.Describe(id).Id);
        Assert.Equal(SdkApi.Level, DiscoveredEffects.Describe(id).ApiLevel);
        var parameters = Line.Of(id).Parameters;
        Assert.NotEmpty(parameters);
        Assert.Equal(parameters.Count, parameters.Select(p => p.Id).Distinct().Count());
        Assert.All(parameters, p => Assert.Matches("^[a-z]+(-[a-z]+)*$", p.Id));
        Assert.All(parameters, p => Assert.Matches(@"^[A-Z].{20,160}[^.]\.$", p.Help));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void However_a_line_is_cut_it_sounds_the_same_bit_for_bit(string id)
    {
        float[][] sound = [Signals.Voice(6000, Rate, 1.5), Signals.Noise(6000)];
        sound[0].AsSpan(3000, 1500).Clear();
        var whole = new Line(id, Rate, 2).Run(sound, _ => 1024);
        var random = new Random(7);
        foreach (var sizes in new Func<int, int>[] { _ => 1, _ => 10, _ => 17, _ => 256, _ => 511, _ => random.Next(1, 1025) })
            Same(whole, new Line(id, Rate, 2).Run(sound, sizes));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Movement_sounds_the_same_however_a_line_is_cut(string id)
    {
        float[][] sound = [Signals.Voice(4096, Rate, 1.5), Signals.Noise(4096)];
        float[][] Moved(int block)
        {
            var line = new Line(id, Rate, 2);
            var random = new Random(3);
            return line.Run(sound, at => Math.Min(block, ParameterGrid.Frames - (at % ParameterGrid.Frames)), at =>
            {
                // Sometimes every cell, sometimes none for a while.
                if (at % ParameterGrid.Frames == 0 && at / 512 % 2 == 0)
                    Move(line, random);
            });
        }

        var cells = Moved(ParameterGrid.Frames);
        foreach (int block in new[] { 1, 7, 16, 31 })
            Same(cells, Moved(block));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Reset_is_as_good_as_new(string id)
    {
        float[][] sound = [Signals.Voice(3000, Rate, 1.5)];
        var line = Line.Of(id);
        var fresh = line.Run(sound, _ => 333);
        var random = new Random(5);
        line.Run([Signals.Noise(4096, 2)], _ => 32, _ => Move(line, random));
        line.Reset();
        Same(fresh, line.Run(sound, _ => 333));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void A_second_prepare_starts_over(string id)
    {
        var sound = Signals.Voice(3000, Rate, 1.5);
        var effect = DiscoveredEffects.Create(id);
        var values = effect.Parameters.Select(p => p.Default).ToArray();
        float[] Process(AudioFormat format)
        {
            effect.Prepare(new EffectSetup(format, 1024, RenderQuality.Full, 1, effect.Parameters, values));
            var samples = sound.ToArray();
            for (int start = 0; start < samples.Length; start += 1000)
                effect.Process(new AudioBlock(samples.AsSpan(start, 1000)));
            return samples;
        }

        var first = Process(new AudioFormat(Rate, 1));
        Process(new AudioFormat(16_000, 1));
        Assert.Equal(first, Process(new AudioFormat(Rate, 1)));
    }

    [Theory]
    [MemberData(nameof(EffectsWithMeasurableLatency))]
    public void The_declared_latency_is_the_measured_one(string id)
    {
        foreach (int rate in Rates)
        {
            foreach (var quality in Enum.GetValues<RenderQuality>())
            {
                // Quiet, so that nothing reacts to level; low-passed, since a voice has its weight there.
                var sound = Signals.Noise(3000, 0.05);
                for (int i = sound.Length - 1; i > 1; i--)
                    sound[i] = (sound[i] + (2 * sound[i - 1]) + sound[i - 2]) / 4;
                var line = new Line(id, rate, 1, quality);
                Assert.Equal(line.Timing.LatencyFrames, Signals.Delay(sound, line.Run(sound), 256), 0.5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void After_the_declared_tail_there_is_silence(string id)
    {
        var random = new Random(11);
        foreach (int rate in new[] { 8_000, 16_000, 44_100, 96_000 })
        {
            for (int attempt = 0; attempt < 6; attempt++)
            {
                var line = Random(id, rate, attempt == 0 ? null : random);
                var sound = Signals.Noise(rate / 4);
                var silence = new float[line.Timing.LatencyFrames + line.Timing.TailFrames + 4000];
                var heard = line.Run([.. sound, .. silence]);
                float left = Signals.Peak(heard.AsSpan(sound.Length + line.Timing.LatencyFrames + line.Timing.TailFrames));
                Assert.True(left <= 1e-4 * Signals.Peak(sound), $"{Signals.Decibels(left / Signals.Peak(sound)):0.0} dB left, {Describe(line)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Every_setting_changes_the_sound(string id)
    {
        // Long enough for what happens only now and then; loud, then so quiet that a gate closes; in stereo for what one channel cannot show.
        float[] voice = [.. Signals.Voice(18_000, Rate, 2), .. Signals.Voice(12_000, Rate, 0.002)];
        float[] Hear(Line line) => line.Run([voice, voice], _ => 1024)[1];
        var parameters = Line.Of(id).Parameters;
        foreach (var parameter in parameters)
        {
            // What it acts on may be off by default, so the others are tried at their bounds as well.
            bool changes = false;
            bool moves = parameter.IsStructural;
            foreach (var others in new Func<Parameter, double>[] { p => p.Default, p => p.Maximum, p => p.Minimum })
            {
                Line At(double value) => new(id, Rate, 2, settings: [.. parameters.Select(p => (p.Id, p == parameter ? value : others(p)))]);
                var low = Hear(At(parameter.Minimum));
                changes |= Difference(low, Hear(At(parameter.Maximum))) > 1e-4;
                if (parameter.IsStructural)
                    continue;
                var line = At(parameter.Minimum);
                line.Set(parameter.Id, parameter.Maximum);
                moves |= Difference(low, Hear(line)) > 1e-4;
            }

            Assert.True(changes, $"{parameter} makes no difference.");
            Assert.True(moves, $"Moving {parameter} makes no difference.");
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void A_move_ends_where_a_fresh_start_begins(string id)
    {
        var sound = Signals.Voice(2 * Rate, Rate, 0.7);
        foreach (var parameter in Line.Of(id).Parameters.Where(p => !p.IsStructural))
        {
            var settled = Line.Of(id, (parameter.Id, parameter.Maximum)).Run(sound);
            var line = Line.Of(id, (parameter.Id, parameter.Minimum));
            line.Set(parameter.Id, parameter.Maximum);
            var moved = line.Run(sound);

            // A clock that runs on through a move is elsewhere in its turn than a fresh one; what it does to the sound is the same.
            if (DiscoveredEffects.Describe(id).Role == EffectRole.Modulation)
                Assert.True(Alike(settled.AsSpan(Rate, 32_768), moved.AsSpan(Rate, 32_768)), $"{parameter} sounds different.");
            else
                Assert.True(Difference(settled.AsSpan(Rate), moved.AsSpan(Rate)) < 1e-3, $"{parameter} stays different.");
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Every_allowed_setting_stays_sane_at_every_rate(string id)
    {
        var random = new Random(23);
        foreach (int rate in Rates)
        {
            for (int attempt = 0; attempt < 8; attempt++)
            {
                var line = Random(id, rate, random, channels: 1 + (attempt % 3));
                float[][] sound = [.. Enumerable.Range(0, 1 + (attempt % 3)).Select(c => Signals.Noise(2048, 1, c))];
                var heard = line.Run(sound, _ => ParameterGrid.Frames, _ => Move(line, random));

                // 24 dB of make-up are allowed, and a loop of 90 %.
                Assert.True(heard.All(c => c.All(s => Math.Abs(s) < 40)), Describe(line));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Poison_is_forgotten(string id)
    {
        var clean = Signals.Voice(Rate, Rate);
        var poisoned = clean.ToArray();
        (poisoned[1000], poisoned[1001], poisoned[1002], poisoned[1500]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue);
        var good = Line.Of(id).Run(clean);
        var heard = Line.Of(id).Run(poisoned);
        Assert.All(heard, s => Assert.True(float.IsFinite(s)));
        Assert.True(Difference(good.AsSpan(Rate / 2), heard.AsSpan(Rate / 2)) < 1e-4);
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Silence_becomes_true_silence(string id)
    {
        var line = Line.Of(id);
        line.Run(Signals.Noise(Rate / 2));
        line.Run(new float[6 * Rate]);
        Assert.All(line.Run(new float[4096]), s => Assert.Equal(0, s));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void Channels_do_not_leak_into_each_other(string id)
    {
        // An effect that spreads the sound over its channels on purpose has a setting for how far.
        (string, double)[] narrow = [.. Line.Of(id).Parameters.Where(p => p.Id == "width").Select(p => (p.Id, p.Minimum))];
        var sound = Signals.Voice(8000, Rate);
        var mono = Line.Of(id, narrow).Run(sound);
        var both = new Line(id, Rate, 2, settings: narrow).Run([sound, sound], _ => 200);
        Assert.Equal(mono, both[0]);
        Assert.Equal(mono, both[1]);
        var one = new Line(id, Rate, 3, settings: narrow).Run([new float[8000], sound, new float[8000]], _ => 200);
        Assert.Equal(mono, one[1]);
        Assert.All(one[0], s => Assert.Equal(0, s));
        Assert.All(one[2], s => Assert.Equal(0, s));
    }

    [Theory]
    [MemberData(nameof(Effects))]
    public void The_audio_path_does_not_allocate(string id)
    {
        var line = new Line(id, Rate, 2);
        var parameters = line.Parameters.Where(p => !p.IsStructural).ToArray();
        var buffer = new AudioBuffer(2, 1024);
        long least = long.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                foreach (var parameter in parameters)
                    line.Set(parameter.Id, i % 2 == 0 ? parameter.Minimum : parameter.Maximum);
                line.ProcessInPlace(buffer.Block(1024));
                line.ProcessInPlace(buffer.Block(32));
            }

            line.Reset();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // What the path allocates it allocates in every round; a round in which another test's collection ends this thread's share
        // of the heap, or that is still compiling, counts some of it as well.
        Assert.Equal(0, least);
    }

    private static void Move(Line line, Random random)
    {
        foreach (var parameter in line.Parameters)
        {
            if (!parameter.IsStructural && random.Next(3) == 0)
                line.Set(parameter.Id, parameter.Minimum + (random.NextDouble() * (parameter.Maximum - parameter.Minimum)));
        }
    }

    // Random settings, often at a bound; the defaults without a source of chance.
    private static Line Random(string id, int rate, Random? random, int channels = 1) =>
        new(id, rate, channels, RenderQuality.Full, random is null ? [] : [.. Line.Of(id).Parameters.Select(p => (p.Id, random.Next(4) switch
        {
            0 => p.Minimum,
            1 => p.Maximum,
            _ => p.Minimum + (random.NextDouble() * (p.Maximum - p.Minimum)),
        }))]);

    private static string Describe(Line line) =>
        $"{line.Setup.Format}: {string.Join(", ", line.Parameters.Select(p => $"{p} {line.Setup[p]:0.##}"))}";

    private static void Same(float[][] expected, float[][] actual)
    {
        for (int channel = 0; channel < expected.Length; channel++)
        {
            for (int i = 0; i < expected[channel].Length; i++)
            {
                if (BitConverter.SingleToInt32Bits(expected[channel][i]) != BitConverter.SingleToInt32Bits(actual[channel][i]))
                    Assert.Fail($"Channel {channel}, frame {i}: {expected[channel][i]:R} and {actual[channel][i]:R}.");
            }
        }
    }

    // The same power in every third of an octave that matters, within 1 dB.
    private static bool Alike(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (powerA, powerB) = (Signals.PowerSpectrum(a), Signals.PowerSpectrum(b));
        double floor = 1e-5 * powerA.Sum();
        for (double low = 64; low < powerA.Length; low *= 1.26)
        {
            var band = (int)low..Math.Min((int)(low * 1.26), powerA.Length);
            double ratio = (powerA[band].Sum() + floor) / (powerB[band].Sum() + floor);
            if (ratio is < 0.8 or > 1.25)
                return false;
        }

        return true;
    }

    private static float Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float most = 0;
        for (int i = 0; i < a.Length; i++)
            most = Math.Max(most, Math.Abs(a[i] - b[i]));
        return most;
    }
}
