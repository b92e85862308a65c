using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>A worker that is not there in time, and what a block costs the host while all is well.</summary>
public sealed class LateWorkerTests
{
    [Fact]
    public async Task A_late_effect_is_heard_again_where_the_line_is_having_missed_nothing()
    {
        float[] line = [.. IsolatedRun.Sine(2).Select(sample => sample + 0.05f)];
        double sum = 0;
        float[] whole = [.. line.Select(sample => (float)Math.Round(sample * 32768) / 32768)
            .Select(sample => (float)(0.5 * sample) + (float)((sum += sample) / 1e5))];
        SpeechReport report;
        float[] heard;
        // On a busy machine the host may get no processor while the worker sleeps, and then nothing was late for it.
        int attempts = 0;
        do
        {
            using var isolated = new IsolatedRun("  - sleeps-once\n");
            (report, heard) = await isolated.RenderAsync(line);
        }
        while (report.Faults.Count == 0 && ++attempts < 5);

        string fault = Assert.Single(report.Faults);
        Match words = Regex.Match(fault, @"did not answer in time: a block took \d+ ms, and (\d) went on without it in "
            + @"block 19; the line goes on without it until it is back\.$");
        Assert.True(words.Success, fault);
        Assert.False(report.Effects[0].Bypassed);
        int at = 19 * IsolatedRun.BlockFrames;
        // The block in which it is back is faded into.
        int back = (20 + (words.Groups[1].Value[0] - '0')) * IsolatedRun.BlockFrames;
        Assert.Equal(whole[..at], heard[..at]);
        Assert.NotEqual(whole[at..back], heard[at..back]);
        Assert.Equal(whole[back..], heard[back..]);
    }

    [Fact]
    public void A_block_allocates_nothing()
    {
        using FxHost host = TestHost.Create(EffectIsolation.All);
        Assert.True(host.Effects.TryLoad("gain", out LoadedEffect? gain, out _));
        IEffect effect = gain.Create();
        effect.Prepare(new EffectSetup(new AudioFormat(44_100, 1), 256, RenderQuality.Full, 1, effect.Parameters,
            [.. effect.Parameters.Select(p => p.Default)]));
        float[] block = new float[256];
        int[] costly = [.. Enumerable.Range(0, 200).Where(i => Allocations.Of(() =>
        {
            effect.SetParameter(effect.Parameters[0], i % 10);
            effect.Process(new AudioBlock(block));
        }) > 0)];
        // One that is waited for on a busy machine is looked after, which allocates; so does the one that asks for a
        // spare worker.
        Assert.InRange(costly.Length, 0, 100);
    }
}
