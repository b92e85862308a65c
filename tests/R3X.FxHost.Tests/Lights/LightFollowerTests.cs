using System;
using System.Linq;
using R3X.FxHost.Lights;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Lights;

public sealed class LightFollowerTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 80)]
    [InlineData(0.2, 160)]
    [InlineData(0.31875, 255)]
    [InlineData(0.7, 255)]
    public void The_usual_scale_is_the_RMS_times_800_up_to_255(float rms, int number)
    {
        Assert.Equal(number, Numbers(LightScale.Usual, rms)[0]);
    }

    [Fact]
    public void A_scale_may_have_any_range_and_run_backwards()
    {
        Assert.Equal([1_000, 1_500, 2_000],
            Numbers(new LightScale { Lowest = 1_000, Highest = 2_000, Gain = 1_000 }, 0, 0.5f, 1));
        Assert.Equal([180, 90, 0], Numbers(new LightScale { Lowest = 180, Highest = 0, Gain = 180 }, 0, 0.5f, 1));
        Assert.Equal([0, 1], Numbers(new LightScale { Highest = 1, Gain = 1 }, 0.4f, 0.6f));
    }

    [Fact]
    public void Attack_takes_as_long_as_it_says_from_darkness_to_full_and_release_back()
    {
        var scale = new LightScale { AttackMilliseconds = 40, ReleaseMilliseconds = 80 };
        Assert.Equal([128, 255, 255, 191, 128, 64, 0, 0], Numbers(scale, 1, 1, 1, 0, 0, 0, 0, 0));
        Assert.Equal(
            [80, 40, 40, 0], Numbers(new LightScale { ReleaseMilliseconds = 2_550.0 / 40 * 2 }, 0.1f, 0.05f, 0.05f, 0));
    }

    [Fact]
    public void How_often_levels_come_does_not_change_how_fast_a_light_moves()
    {
        var scale = new LightScale { ReleaseMilliseconds = 400 };
        var every5 = new LightFollower(scale);
        var every20 = new LightFollower(scale);
        every5.Next(Level(1, frames: 240));
        every20.Next(Level(1));
        for (int i = 0; i < 10; i++)
        {
            for (int quarter = 0; quarter < 3; quarter++)
                every5.Next(Level(0, frames: 240));
            Assert.InRange(every5.Next(Level(0, frames: 240)).Level - every20.Next(Level(0)).Level, -1, 1);
        }
    }

    [Fact]
    public void Below_the_gate_the_light_goes_out()
    {
        Assert.Equal([8, 0, 9], Numbers(new LightScale { GateDb = -40 }, 0.0101f, 0.0099f, 0.011f));
    }

    [Fact]
    public void Gamma_bends_the_brightness_and_leaves_both_ends()
    {
        Assert.Equal([0, 64, 255], Numbers(new LightScale { Gamma = 2, Gain = 255 }, 0, 0.5f, 1));
    }

    [Fact]
    public void Every_band_has_a_number_of_its_own()
    {
        float[] bands = [0, 0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f, 1];
        var level = new SpeechLevel(0, 960, 48_000, 0.1f, 0.1f, new BandLevels(bands));
        LightLevel twice = new LightFollower(LightScale.Usual).Next(level);
        Assert.Equal([0, 16, 32, 48, 64, 80, 96, 255], Enumerable.Range(0, 8).Select(band => twice[band]));
        LightLevel given = new LightFollower(new LightScale { BandGain = 100 }).Next(level);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 100], Enumerable.Range(0, 8).Select(band => given[band]));
    }

    [Fact]
    public void Behind_the_last_line_it_is_dark_however_long_the_release()
    {
        var lights = new LightFollower(new LightScale { ReleaseMilliseconds = 5_000 });
        lights.Next(Level(1));
        Assert.Equal(254, lights.Next(Level(0)).Level);
        Assert.Equal(0, lights.Next(Level(0, frames: 0) with { Mark = LevelMark.Silence }).Level);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_scale_that_could_not_work_is_refused(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LightScale { Gain = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LightScale { Gamma = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LightScale { AttackMilliseconds = bad - 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LightScale { ReleaseMilliseconds = bad - 1 });
    }

    private static int[] Numbers(LightScale scale, params float[] rms)
    {
        var lights = new LightFollower(scale);
        return [.. rms.Select(value => lights.Next(Level(value)).Level)];
    }

    private static SpeechLevel Level(float rms, int frames = 960) => new(0, frames, 48_000, rms, rms, default);
}
