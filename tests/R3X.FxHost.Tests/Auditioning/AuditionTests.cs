using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Metering;
using Xunit;

namespace R3X.FxHost.Tests.Auditioning;

/// <summary>A line that is heard dry, saved and edited.</summary>
public sealed class AuditionTests : IDisposable
{
    private const int Rate = 22_050;

    private readonly FxHost _host = TestHost.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Where_a_preset_only_delays_the_line_dry_and_edited_cancel_each_other()
    {
        using Audition audition = await AuditionAsync(Steps("limiter: { look-ahead: 5 ms, ceiling: 0 dB }"));
        float[] dry = Round(audition, AuditionSource.Dry);
        float[] edited = Round(audition, AuditionSource.Edited);
        Assert.True(Difference(dry, edited) < -80);
        // A frame beside each other they do not.
        Assert.InRange(Difference(dry[1..], edited[..^1]), -40, 0);
    }

    [Theory]
    [InlineData("excited")]
    [InlineData("dj-r3x")]
    public async Task All_three_are_equally_loud_below_the_ceiling(string preset)
    {
        using Audition audition = await AuditionAsync(
            Of(preset), Steps("gain: { level: -20 dB }", "saturation: { drive: 80% }"));
        var heard = Enum.GetValues<AuditionSource>().Select(
            source => Spoken.MeasuredByFfmpeg(Round(audition, source), Rate, 1)).ToArray();
        Assert.InRange(heard.Max(sound => sound.Integrated) - heard.Min(sound => sound.Integrated), 0, 0.3);
        Assert.InRange(heard.Max(sound => sound.TruePeak), -40, -0.9);
    }

    [Fact]
    public async Task One_fades_into_another_within_10_ms_at_the_same_place_as_gains_that_add_up_to_1()
    {
        using Audition audition = await AuditionAsync(Of("excited"));
        float[] dry = Round(audition, AuditionSource.Dry);
        float[] edited = Round(audition, AuditionSource.Edited);
        int at = Rate * 2;
        audition.Heard = AuditionSource.Dry;
        audition.Begin();
        float[] before = Read(audition, at);
        audition.Heard = AuditionSource.Edited;
        float[] after = Read(audition, Rate);
        int fade = Rate / 100;
        float[] ideal = [.. Enumerable.Range(0, Rate).Select(i => Mixed(
            dry[at + i], edited[at + i], 0.5 - (0.5 * Math.Cos(Math.PI * Math.Min(1, (i + 1.0) / fade)))))];
        Assert.InRange(Residual(dry[..at], before), -300, -60);
        Assert.InRange(Residual(ideal, after), -300, -60);
    }

    [Fact]
    public async Task An_edited_preset_sounds_as_if_it_had_been_there_from_the_beginning()
    {
        Preset first = Steps("eq: { presence-gain: 2 dB }");
        Preset second = Steps("eq: { presence-gain: 9 dB }", "compressor: { ratio: 8:1 }");
        using Audition audition = await AuditionAsync(first);
        audition.Offer(AuditionSource.Edited, second);
        await SettledAsync(audition);
        float[] edited = Round(audition, AuditionSource.Edited);
        Assert.Equal(Loudness(Round(audition, AuditionSource.Dry)), Loudness(edited), 0.3);
        using Audition fresh = await AuditionAsync(second, first);
        Assert.InRange(Difference(Round(fresh, AuditionSource.Edited), edited), -400, -60);
    }

    [Fact]
    public async Task Nothing_clicks_where_an_edited_chain_comes_in_and_is_brought_to_the_others_loudness()
    {
        const int frames = 20 * Rate;
        using Audition audition = await AuditionAsync(
            TestSignal.Sine(100, -12, Rate, frames), Steps("gain: { level: 0 dB }"));
        audition.Begin();
        List<float> heard = [.. Read(audition, Rate)];
        audition.Offer(AuditionSource.Edited, Steps("gain: { level: -20 dB }", "comb: { mix: 60% }"));
        for (int rest = Rate / 2; rest > 0 && heard.Count < frames - Rate; rest -= audition.IsSettled ? 441 : 0)
        {
            heard.AddRange(Read(audition, 441));
            await Task.Delay(10, Cancellation);
        }

        Assert.True(audition.IsSettled);
        Assert.InRange(HighBand.Highest([.. heard.Skip(Rate / 2)], Rate), -200, -60);
        // Two periods of the tone before and behind.
        Assert.True(Residual([.. heard.Skip(Rate - 441).Take(441)], [.. heard.TakeLast(441)]) > -40);
        Assert.Equal(heard.Take(Rate).Max(), heard.TakeLast(Rate / 4).Max(), 0.02);
    }

    [Fact]
    public async Task While_a_chain_is_prepared_only_the_latest_of_the_presets_that_are_offered_waits()
    {
        using Audition audition = await AuditionAsync(Steps("gain: { level: 0 dB }"));
        var made = new HashSet<int>();
        Preset Numbered(int number) => Made(Steps($"gain: {{ level: -{number} dB }}"), create =>
        {
            bool isFirst;
            lock (made)
                isFirst = made.Add(number) && number == 1;
            for (int next = 2; isFirst && next <= 20; next++)
                audition.Offer(AuditionSource.Edited, Numbered(next));
            return create();
        });
        audition.Offer(AuditionSource.Edited, Numbered(1));
        await SettledAsync(audition);
        Assert.Equal([1, 20], made.Order());
    }

    [Fact]
    public async Task An_effect_that_cannot_be_made_is_told_of_and_the_line_is_heard_without_it()
    {
        using Audition audition = await AuditionAsync(Made(
            Steps("gain: { level: -6 dB }"), _ => throw new InvalidOperationException("no such thing")));
        Assert.Contains(audition.Faults, fault => fault.Contains("no such thing", StringComparison.Ordinal));
        Assert.True(
            Difference(Round(audition, AuditionSource.Dry), Round(audition, AuditionSource.Edited)) < -80);
    }

    [Fact]
    public async Task Meters_come_thirty_times_a_second_with_what_moves_and_what_is_turned_down()
    {
        using Audition audition = await AuditionAsync(Steps(
            "compressor: { threshold: -40 dB, ratio: 8:1 }", "comb: { delay: wobble 7 ms to 9 ms at 2 Hz }"));
        var meters = new List<AuditionMeters>();
        audition.Metered += meters.Add;
        audition.Begin();
        Read(audition, 3 * Rate);
        Assert.Equal(90, meters.Count);
        Assert.Equal([.. Enumerable.Range(1, 90).Select(i => (long)(i * (Rate / 30)))], meters.Select(m => m.Frame));
        Assert.InRange(meters.Max(m => m.Steps["compressor"]), 6, 60);
        Assert.All(meters, m => Assert.InRange(m.Settings["comb.delay"], 7, 9));
        Assert.InRange(meters.Max(m => m.Settings["comb.delay"]) - meters.Min(m => m.Settings["comb.delay"]), 1.8, 2);
        Assert.Equal(-20, meters[^1].In.Integrated, 1.0);
        Assert.All(meters, m => Assert.Equal(52, m.SpectrumOut.Count));
    }

    [Fact]
    public async Task The_verdict_tells_how_intelligible_and_how_late_the_edited_preset_is()
    {
        using Audition audition = await AuditionAsync(Steps("limiter: { look-ahead: 2 ms, ceiling: 0 dB }"));
        Verdict verdict = audition.Verdict!;
        Assert.InRange(verdict.Stoi, 0.999, 1.001);
        Assert.Equal(2, verdict.LatencyMs, 0.05);
        Assert.Equal(-20, verdict.IntegratedIn, 0.2);
        audition.Offer(AuditionSource.Edited, Steps("eq: { high-pass: 1 kHz }", "saturation: { drive: 100% }"));
        await SettledAsync(audition);
        Assert.InRange(audition.Verdict!.Stoi, 0.1, 0.97);
    }

    private Preset Of(string id) => _host.Presets.ReadAll().First(listing => listing.Id == id).Reading.Preset!;

    private Preset Steps(params string[] steps) => _host.Presets.Read(
        $"preset: 1\nchain:\n{string.Concat(steps.Select(step => $"  - {step}\n"))}", "test.yaml").Preset!;

    private static Preset Made(Preset preset, Func<Func<IEffect>, IEffect> make) => preset with
    {
        Plan = preset.Plan with
        {
            Slots = [.. preset.Plan.Slots.Select(slot => slot with { Create = () => make(slot.Create) })],
        },
    };

    private Task<Audition> AuditionAsync(Preset edited, Preset? saved = null) =>
        AuditionAsync(Spoken.Line(Rate)[..(4 * Rate)], edited, saved);

    private Task<Audition> AuditionAsync(float[] line, Preset edited, Preset? saved = null)
    {
        byte[] bytes = new byte[line.Length * sizeof(float)];
        Buffer.BlockCopy(line, 0, bytes, 0, bytes.Length);
        return _host.AuditionAsync(SpeechAudio.FromBytes(bytes, $"f32_{Rate}"), saved ?? edited, edited, Cancellation);
    }

    // The line and a second behind it.
    private static float[] Round(Audition audition, AuditionSource source)
    {
        audition.Heard = source;
        audition.Begin();
        return Read(audition, (4 * Rate) + (Rate / 4));
    }

    private static float[] Read(Audition audition, int frames)
    {
        var heard = new float[frames];
        for (int at = 0; at < frames; at += 441)
            audition.Read(new AudioBlock(heard.AsSpan(at, Math.Min(441, frames - at))));
        return heard;
    }

    private static async Task SettledAsync(Audition audition)
    {
        while (!audition.IsSettled)
            await Task.Delay(5, Cancellation);
    }

    private static double Loudness(float[] sound) => Spoken.MeasuredByFfmpeg(sound, Rate, 1).Integrated;

    private static float Mixed(float from, float to, double share) => (float)(from + (share * (to - from)));

    // The highest sample of what is left of one without the other, in dBFS.
    private static double Residual(float[] one, float[] other) =>
        20 * Math.Log10(one.Zip(other, (a, b) => Math.Abs((double)a - b)).Max() + 1e-15);

    // The energy of what is left of one without the other, against the one's, in dB.
    private static double Difference(float[] one, float[] other) =>
        10 * Math.Log10((one.Zip(other, (a, b) => Math.Pow(a - b, 2)).Sum() + 1e-30) / one.Sum(a => a * a));
}
