using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Lights;
using R3X.FxHost.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Lights;

public sealed class LightLinesTests
{
    private static readonly SpeechLevel[] TwoLines =
    [
        Level(0.05f) with { Mark = LevelMark.First, Mood = "excited" },
        Level(0.1f) with { Mood = "excited" },
        Level(0.1f) with { Mood = "excited" },
        Level(0.2f) with { Mark = LevelMark.First, Mood = null },
        Level(0) with { Mark = LevelMark.Silence },
    ];

    [Fact]
    public async Task A_droid_is_told_as_it_is_used_to()
    {
        Assert.Equal(
            ["SPEAK:excited", "SPEAK_LEVEL:40", "SPEAK_LEVEL:80", "SPEAK:neutral", "SPEAK_LEVEL:160", "SPEAK_LEVEL:0",
                "SPEAK_STOP"],
            await Said(null, TwoLines));
    }

    [Fact]
    public async Task Levels_are_said_again_where_that_is_wanted()
    {
        LightLines lines = LightLines.Serial with { RepeatsLevels = true, Start = null, Stop = null };
        Assert.Equal(["SPEAK_LEVEL:40", "SPEAK_LEVEL:80", "SPEAK_LEVEL:80", "SPEAK_LEVEL:160", "SPEAK_LEVEL:0"],
            await Said(lines, TwoLines));
    }

    [Fact]
    public async Task A_template_may_be_anything_JSON_among_it()
    {
        var level = new SpeechLevel(0, 960, 48_000, 0.1f, 0.1f,
            new BandLevels([0, 0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f, 1])) { Mood = "sad" };
        var lines = new LightLines { Level =
            """{"l":{level},"b":[{bands}],"m":"{emotion}","low":{band1},"high":{band8},"x":{}}""" };
        Assert.Equal(["""{"l":80,"b":[0,16,32,48,64,80,96,255],"m":"sad","low":0,"high":255,"x":{}}"""],
            await Said(lines, level));
    }

    [Theory]
    [InlineData("{levle}")]
    [InlineData("{band0}")]
    [InlineData("{band9}")]
    [InlineData("{band10}")]
    [InlineData("{Level}")]
    public void A_name_that_stands_for_nothing_is_refused_with_those_there_are(string text)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new LightLines { Level = "L" + text });
        Assert.Equal($"In the line \"L{text}\", {text} stands for nothing. There are {{level}}, {{bands}}, {{band1}} "
            + $"to {{band8}} and {{emotion}}.", refusal.Message);
    }

    [Fact]
    public async Task A_mood_cannot_smuggle_in_a_line_of_its_own()
    {
        Assert.Equal(["SPEAK:sad  SPEAK_STOP", "SPEAK_LEVEL:0"],
            await Said(null, Level(0) with { Mark = LevelMark.First, Mood = "sad\r\nSPEAK_STOP" }));
    }

    [Fact]
    public async Task Numbers_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "minus";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(["SPEAK_LEVEL:-20"], await Said(
                new LightLines { Scale = new LightScale { Lowest = -100, Highest = 0, Gain = 100 } }, Level(0.8f)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Lights_come_one_a_level_and_end_with_their_reader()
    {
        var numbers = new List<int>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        IAsyncEnumerable<LightLevel> lights = Endless(CancellationToken.None).AsLights();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (LightLevel light in lights.WithCancellation(stop.Token))
            {
                numbers.Add(light.Level);
                if (numbers.Count == 3)
                    await stop.CancelAsync();
            }
        });
        Assert.Equal([80, 80, 80], numbers);
    }

    private static async Task<List<string>> Said(LightLines? lines, params SpeechLevel[] levels) =>
        await levels.ToAsyncEnumerable().AsLines(lines).ToListAsync(TestContext.Current.CancellationToken);

    private static async IAsyncEnumerable<SpeechLevel> Endless(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return Level(0.1f);
        }
    }

    private static SpeechLevel Level(float rms) => new(0, 960, 48_000, rms, rms, default);
}
