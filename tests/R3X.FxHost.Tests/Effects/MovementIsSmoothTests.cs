using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Effects;

/// <summary>What a sentence adds above 8 kHz to a sine of 100 Hz at -12 dBFS, in the moment in which it adds
/// most.</summary>
public sealed class MovementIsSmoothTests
{
    private const int Frames = 26_000;

    // 12 ms: a click stands out of it, and a sine of 100 Hz leaves -130 dB above 8 kHz.
    private const int Window = 512;

    // dBFS, of what is above 8 kHz.
    private const double Bar = -60;

    private static readonly float[][] Tone = [Signals.Sine(Frames, 100, MovingChain.Rate, Math.Pow(10, -12 / 20.0))];

    // From silence to the tone and back: what follows loudness moves as far as it can.
    private static readonly float[][] Swelling =
        [[.. Tone[0].Select((s, i) => (float)(s * (0.5 - (0.5 * Math.Cos(Math.Tau * 3 * i / Frames)))))]];

    public static TheoryData<string, string> Settings() => MovementOfEveryEffectTests.Settings();

    [Theory]
    [MemberData(nameof(Settings))]
    public void No_sentence_adds_a_click_or_a_zipper(string id, string setting)
    {
        Parameter moved = DiscoveredEffects.Create(id).Parameters.Single(p => p.Id == setting);
        Modulation[] sentences =
        [
            new Wobble(moved.Minimum, moved.Maximum, 5),
            new Sweep(moved.Minimum, moved.Maximum, 200),
            new Sweep(moved.Maximum, moved.Minimum, 200),
            new FollowLoudness(moved.Minimum, moved.Maximum, 60),
        ];
        foreach (Modulation sentence in sentences)
        {
            float[][] line = sentence is FollowLoudness ? Swelling : Tone;
            double moving = Above(line, id, setting, SettingValue.Of(sentence));
            // Drives and crushers sound above 8 kHz while they stand, too: a modulation may sound like any place on its
            // way.
            double standing = double.NegativeInfinity;
            for (int i = 0; i <= 8 && moving > Math.Max(Bar, standing + 6); i++)
                standing = Math.Max(standing, Above(line, id, setting, MovingChain.At(moved, i / 8.0)));
            Assert.True(moving <= Math.Max(Bar, standing + 6), $"{id}.{setting}, {sentence}: {moving:0.0} dBFS above 8 "
                + $"kHz while it moves, {standing:0.0} at most while it stands");
        }
    }

    [Fact]
    public void A_setting_that_jumps_from_cell_to_cell_would_be_found()
    {
        SlotPlan jumping = TestEffect.Slot((block, index) => TestEffect.Gain(block, (index / 4 % 16) / 16f));
        Assert.True(Loudest(MovingChain.Run(MovingChain.Prepare([jumping], 1), Tone, 32)) > Bar);
        SlotPlan still = TestEffect.Slot((block, _) => TestEffect.Gain(block, 0.5f));
        Assert.True(Loudest(MovingChain.Run(MovingChain.Prepare([still], 1), Tone, 32)) < -100);
    }

    private static double Above(float[][] line, string id, string setting, SettingValue value) =>
        Loudest(MovingChain.Run(
            MovingChain.Prepare([MovingChain.Slot(id, p => p.Id == setting ? value : p.Default)], 1), line, 480));

    // dBFS, where a sine of full scale has 0; from where filters have settled after the tone's sudden beginning.
    private static double Loudest(float[] samples)
    {
        double loudest = 0;
        for (int start = 2048; start + Window <= samples.Length; start += Window / 4)
        {
            float[] heard = samples[start..(start + Window)];
            for (int i = 0; i < Window; i++)
                heard[i] *= (float)(0.5 - (0.5 * Math.Cos(Math.Tau * i / Window)));
            loudest = Math.Max(
                loudest, Signals.PowerSpectrum(heard).Skip((8000 * Window / MovingChain.Rate) + 1).Sum());
        }

        // A Hann window keeps 3/8 of the power; a sine of full scale has half.
        return 10 * Math.Log10((loudest * 2 / ((double)Window * Window * 0.375 * 0.5)) + 1e-20);
    }
}
