using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Watching;
using Xunit;

namespace R3X.FxHost.Tests.Chains;

/// <summary>Faults that a guard has to look for.</summary>
public sealed class FaultTests
{
    private const int Rate = 44_100;
    private const int BlockFrames = 256;

    private static readonly AudioFormat Stereo = new(Rate, 2);

    [Theory]
    [InlineData(0, 256)]
    [InlineData(0, -1)]
    [InlineData(1, 271)]
    [InlineData(1, -16)]
    public void What_an_effect_writes_past_its_block_is_put_back_and_the_line_goes_on_dry(int channel, int at)
    {
        var faults = new List<SlotFault>();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, index) =>
            {
                if (index == 5)
                    Unsafe.Add(ref MemoryMarshal.GetReference(block[channel]), at) = 0.9f;
            })),
            new ChainSetup(Stereo)
            {
                IsWatched = true, PiecesAtOnce = 8, MaxFrames = BlockFrames, OnFault = faults.Add,
            });
        float[] noise = TestSignal.WhiteNoise(-20, 16 * BlockFrames);
        var buffer = new AudioBuffer(2, noise.Length / 2);
        noise.AsSpan(0, buffer.Frames).CopyTo(buffer[0]);
        noise.AsSpan(buffer.Frames).CopyTo(buffer[1]);

        chain.Process(buffer.Block(buffer.Frames));

        Assert.Equal(noise[..buffer.Frames], buffer[0].ToArray());
        Assert.Equal(noise[buffer.Frames..], buffer[1].ToArray());
        SlotFault fault = Assert.Single(faults);
        Assert.Equal(FaultCause.WroteOutside, fault.Cause);
        Assert.Equal(5, fault.Block);
    }

    [Theory]
    [InlineData(0.4f, 0)]
    [InlineData(-0.4f, 1)]
    public void A_constant_is_heard_for_a_second_at_most_and_goes_without_a_click(float constant, int channel)
    {
        var faults = new List<SlotFault>();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, _) =>
            {
                foreach (ref float sample in block[channel])
                    sample += constant;
            })),
            new ChainSetup(Stereo) { OnFault = faults.Add });
        float[] sine = TestSignal.Sine(100, -12, Rate, Rate + (Rate / 5));
        float[][] heard = Run(chain, sine);

        SlotFault fault = Assert.Single(faults);
        Assert.Equal(FaultCause.Offset, fault.Cause);
        Assert.InRange(fault.Frame, Rate - (2 * BlockFrames), Rate + (12 * BlockFrames));
        Assert.Contains("0.40 of full scale", fault.Detail, StringComparison.Ordinal);
        Assert.InRange(HighBand.Around(heard[channel], (int)fault.Frame, Rate), double.NegativeInfinity, -60);
        int faded = (int)fault.Frame + (Rate / 100) + 1;
        Assert.Equal(sine[faded..], heard[channel][faded..]);
    }

    [Fact]
    public void A_voice_bent_to_one_side_is_no_constant()
    {
        // All of it above 0, four syllables a second: the most that a rectifier makes of a voice.
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, _) =>
            {
                foreach (ref float sample in block[0])
                    sample = Math.Abs(sample);
            })),
            new ChainSetup(new AudioFormat(Rate, 1)) { OnFault = fault => Assert.Fail(fault.ToString()) });
        float[] sine = TestSignal.Sine(150, -6, Rate, 3 * Rate);
        for (int i = 0; i < sine.Length; i++)
            sine[i] *= 0.7f + (0.3f * MathF.Sin(MathF.Tau * 4 * i / Rate));
        Run(chain, sine);
    }

    [Fact]
    public void Numbers_too_small_to_be_normal_harm_nobody()
    {
        var clock = new ManualClock();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((block, _) => block[0].Fill(1e-42f)), TestEffect.Slot((_, _) => { })),
            new ChainSetup(new AudioFormat(Rate, 1))
            {
                Clock = clock, OnFault = fault => Assert.Fail(fault.ToString()),
            });
        Run(chain, new float[Rate]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Allocation_is_told_and_costs_the_effect_nothing(bool allocates)
    {
        byte[][] kept = new byte[1][];
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot((_, _) =>
            {
                if (allocates)
                    kept[0] = new byte[1_000];
            })),
            new ChainSetup(new AudioFormat(Rate, 1)) { OnFault = fault => Assert.Fail(fault.ToString()) });
        Run(chain, new float[Rate / 2]);
        Assert.Equal(allocates ? 1 : 0, chain.Notes.Count);
        if (allocates)
            Assert.StartsWith("\"test\" (test) allocates 1,0", chain.Notes[0], StringComparison.Ordinal);
        Assert.True(chain.Slots[0].IsActive);
    }

    [Fact]
    public void An_effect_with_other_settings_than_it_was_loaded_with_leaves_the_line_dry()
    {
        var faults = new List<SlotFault>();
        var setting = new Parameter("mix", ParameterUnit.Percent, 0, 100, 50, "More of it.");
        SlotPlan plan = TestEffect.Slot((_, _) => { }) with { Parameters = [setting], Values = [50] };
        Chain.Prepare(TestEffect.Plan(plan), new ChainSetup(Stereo) { OnFault = faults.Add });
        Assert.Equal(FaultCause.CouldNotPrepare, Assert.Single(faults).Cause);
        Assert.Contains("changed its Parameters", faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_that_can_be_disposed_of_is_once_and_when_its_line_is_over()
    {
        var made = new List<Disposable>();
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot(() => Made(new Disposable(null)))), new ChainSetup(Stereo));
        Run(chain, new float[Rate / 10]);
        Assert.Equal(0, made[0].Disposed);
        chain.LineEnded();
        chain.Close();
        chain.Close();
        Assert.All(made, effect => Assert.Equal(1, effect.Disposed));
        Assert.True(chain.Slots[0].IsActive);

        Disposable Made(Disposable effect)
        {
            made.Add(effect);
            return effect;
        }
    }

    [Theory]
    [InlineData(FaultCause.Threw)]
    [InlineData(FaultCause.DidNotReturn)]
    public void What_it_does_wrong_then_is_one_fault(FaultCause cause)
    {
        using var release = new ManualResetEventSlim();
        var faults = new List<SlotFault>();
        Action broken = cause == FaultCause.Threw
            ? () => throw new InvalidOperationException("on purpose") : release.Wait;
        Chain chain = Chain.Prepare(
            TestEffect.Plan(TestEffect.Slot(() => new Disposable(broken))),
            new ChainSetup(Stereo) { OnFault = faults.Add });
        chain.Close();
        chain.Close();
        release.Set();
        Assert.Equal(cause, Assert.Single(faults).Cause);
        Assert.Contains("Dispose", faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stuck_call_is_given_up_early_enough_for_the_line_to_go_on_within_50_ms()
    {
        // It begins right behind a look, which come every 5 ms, and a timer may be a millisecond late.
        const double look = 6;
        var stuck = new StuckCall(Watchdog.Processing);
        double passed = look;
        for (TimeSpan worked = default; !stuck.Look(1, worked, false, TimeSpan.FromMilliseconds(look), default);
            worked += TimeSpan.FromMilliseconds(look))
        {
            passed += look;
        }

        Assert.InRange(passed, 30, 42);
    }

    private static float[][] Run(Chain chain, float[] samples)
    {
        int channels = chain.Format.Channels;
        float[][] heard = [.. Enumerable.Range(0, channels).Select(_ => (float[])samples.Clone())];
        var buffer = new AudioBuffer(channels, BlockFrames);
        for (int at = 0; at < samples.Length; at += BlockFrames)
        {
            AudioBlock block = buffer.Block(Math.Min(BlockFrames, samples.Length - at));
            for (int channel = 0; channel < channels; channel++)
                heard[channel].AsSpan(at, block.Frames).CopyTo(block[channel]);
            chain.Process(block);
            for (int channel = 0; channel < channels; channel++)
                block[channel].CopyTo(heard[channel].AsSpan(at));
        }

        return heard;
    }

    private sealed class Disposable(Action? dispose) : IEffect, IDisposable
    {
        public int Disposed { get; private set; }

        public IReadOnlyList<Parameter> Parameters => [];

        public EffectTiming Prepare(EffectSetup setup) => EffectTiming.Immediate;

        public void SetParameter(Parameter parameter, double value)
        {
        }

        public void Process(AudioBlock block)
        {
        }

        public void Reset()
        {
        }

        public void Dispose()
        {
            Disposed++;
            dispose?.Invoke();
        }
    }
}
