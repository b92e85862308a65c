using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Resampling;

public sealed class MonoFoldTests
{
    private const int Rate = 24_000;
    private static readonly float[] Voice = [.. Enumerable.Range(0, Rate)
        .Select(i => (float)(0.4 * Math.Sin(i * 0.06) * Math.Pow(Math.Sin(i * 0.0005), 2)))];

    [Fact]
    public void Channels_that_are_each_others_opposite_give_the_left_one()
    {
        var fold = new MonoFold(Rate);
        Assert.Equal(Voice, Fold(fold, Voice, [.. Voice.Select(s => -s)]));
        Assert.True(fold.HasCancelled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(0)]
    [InlineData(-0.5)]
    public void Other_channels_give_their_mean(double right)
    {
        var fold = new MonoFold(Rate);
        float[] other = [.. Voice.Select(s => (float)(right * s))];
        float[] expected = [.. Voice.Zip(other, (a, b) => 0.5f * (a + b))];
        Assert.Equal(expected, Fold(fold, Voice, other));
        Assert.False(fold.HasCancelled);
    }

    [Fact]
    public void A_line_that_changes_its_phase_goes_over_without_a_click_however_it_is_cut()
    {
        float[] right = [.. Voice.Select((s, i) => i < Rate / 2 ? s : -s)];
        float[] whole = Fold(new MonoFold(Rate), Voice, right);
        Assert.Equal(Voice[(Rate * 3 / 4)..], whole[(Rate * 3 / 4)..]);
        float steepest = Voice.Zip(Voice.Skip(1), (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(whole.Zip(whole.Skip(1), (a, b) => Math.Abs(a - b)).Max(), 0, 1.5f * steepest);
        Assert.Equal(whole, Fold(new MonoFold(Rate), Voice, right, 7));
    }

    [Theory]
    [InlineData("pcm_24000")]
    [InlineData("pcm_16000")]
    [InlineData("ulaw_8000")]
    public void Headerless_mono_of_a_line_in_opposite_phase_is_heard_and_told(string name)
    {
        using var stream = new MemoryStream();
        using IEncoder encoder = Encoders.Open(stream, new AudioFormat(Rate, 2), AudioFormatName.Parse(name), 1);
        encoder.Write(Stereo(Voice, [.. Voice.Select(s => -s)]).Block(Voice.Length));
        encoder.Complete();
        Assert.Contains("opposite", encoder.Warning, StringComparison.Ordinal);
        using var mono = new MemoryStream();
        using IEncoder expected = Encoders.Open(mono, new AudioFormat(Rate, 1), AudioFormatName.Parse(name), 1);
        expected.Write(new AudioBlock(Voice));
        expected.Complete();
        Assert.Null(expected.Warning);
        Assert.Equal(mono.ToArray(), stream.ToArray());
    }

    private static float[] Fold(MonoFold fold, float[] left, float[] right, int cut = 1_000)
    {
        AudioBuffer stereo = Stereo(left, right);
        float[] mono = new float[left.Length];
        for (int at = 0; at < mono.Length; at += cut)
        {
            int frames = Math.Min(cut, mono.Length - at);
            fold.Apply(stereo.Block(at, frames), mono.AsSpan(at, frames));
        }

        return mono;
    }

    private static AudioBuffer Stereo(float[] left, float[] right)
    {
        var stereo = new AudioBuffer(2, left.Length);
        left.CopyTo(stereo[0]);
        right.CopyTo(stereo[1]);
        return stereo;
    }
}
