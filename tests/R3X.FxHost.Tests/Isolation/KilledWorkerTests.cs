using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Isolation;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>A worker is killed in the middle of a line, as the system or a person might.</summary>
public sealed class KilledWorkerTests
{
    // A block is so long that no machine is too busy to have the effect back within it.
    private const int Rate = 8_000;
    private const int BlockFrames = 1_024;
    private const int Blocks = 20;
    private const int Killed = 6;

    [Fact]
    public async Task The_line_goes_on_with_the_effect_in_the_spare_worker_and_one_block_at_most_is_dry()
    {
        using FxHost host = TestHost.Create(EffectIsolation.All);
        Assert.True(host.Effects.TryLoad("comb", out LoadedEffect? comb, out _));
        var plugin = (IsolatedPlugin)comb.Create.Target!;
        float[] whole = Run(comb, _ => { }, out SlotFault? none);
        Assert.Null(none);
        await ReadyAsync(plugin);

        void KillAt(int block)
        {
            if (block == Killed)
                Kill(plugin);
        }

        float[] heard = Run(comb, KillAt, out SlotFault? fault);

        Assert.Equal(FaultCause.ProcessEnded, fault!.Cause);
        Assert.Equal("lost its process, which was killed (signal 9) in block 6", fault.What);
        Assert.False(fault.IsFinal);
        Assert.Equal(whole.Length, heard.Length);
        int at = Killed * BlockFrames;
        Assert.Equal(whole[..at], heard[..at]);
        // Two blocks later it sounds as if nothing had been.
        Assert.InRange(Difference(whole, heard, at + (2 * BlockFrames)), double.NegativeInfinity, -40);
        Assert.InRange(HighBand.Around(heard, at, Rate, above: 2_000), double.NegativeInfinity, -60);
    }

    [Fact]
    public void One_that_is_killed_again_and_again_is_made_again_later_each_time()
    {
        using FxHost host = TestHost.Create(EffectIsolation.All);
        Assert.True(host.Effects.TryLoad("comb", out LoadedEffect? comb, out _));
        var plugin = (IsolatedPlugin)comb.Create.Target!;
        RemoteInstance first = plugin.Make(null);
        first.Worker.Kill(new RemoteFault(FaultCause.ProcessEnded, "was killed"));
        RemoteInstance second = plugin.Make(first.Worker);
        Assert.NotEqual(first.Worker.Id, second.Worker.Id);
        second.Worker.Kill(new RemoteFault(FaultCause.ProcessEnded, "was killed"));

        RemoteFault fault = Assert.Throws<RemoteFaultException>(() => plugin.Make(second.Worker)).Fault;

        Assert.Matches(@"^ended its process 2 times in a row; it is started again in (1\.0|0\.\d) s$", fault.What);
        Assert.False(plugin.MayRestart);
    }

    [Fact]
    public async Task One_that_is_killed_between_two_lines_costs_the_next_line_nothing_and_is_told()
    {
        using FxHost host = TestHost.Create(EffectIsolation.All);
        Assert.True(host.Effects.TryLoad("comb", out LoadedEffect? comb, out _));
        float[] whole = Run(comb, _ => { }, out _);
        Kill((IsolatedPlugin)comb.Create.Target!);
        var told = new TaskCompletionSource<UnhandledException>();
        void Take(UnhandledException thrown) => _ = thrown.EffectId == "comb" && told.TrySetResult(thrown);
        UnhandledExceptions.Thrown += Take;
        try
        {
            Assert.Equal(whole, Run(comb, _ => { }, out SlotFault? fault));
            Assert.Null(fault);
            UnhandledException end = await told.Task.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(("comb", "lost its process, which was killed (signal 9) while no line was there"),
                (end.EffectId, end.What));
        }
        finally
        {
            UnhandledExceptions.Thrown -= Take;
        }
    }

    private static float[] Run(LoadedEffect effect, Action<int> before, out SlotFault? fault)
    {
        SettingValue[] values = [.. effect.Parameters.Select(p => (SettingValue)p.Default)];
        var slot = new SlotPlan("comb", "comb", "1.0.0", EffectRole.Space, effect.Parameters, values, effect.Create)
        {
            IsRemote = true,
        };
        var faults = new System.Collections.Concurrent.ConcurrentQueue<SlotFault>();
        var chain = Chain.Prepare(new ChainPlan("test", [slot]), new ChainSetup(new AudioFormat(Rate, 1))
        {
            OnFault = faults.Enqueue,
        });
        float[] samples = TestSignal.Sine(220, -12, Rate, Blocks * BlockFrames);
        for (int block = 0; block < Blocks; block++)
        {
            before(block);
            chain.Process(new AudioBlock(samples.AsSpan(block * BlockFrames, BlockFrames)));
        }

        chain.Close();
        fault = faults.SingleOrDefault();
        return samples;
    }

    private static double Difference(float[] a, float[] b, int from) => 10 * Math.Log10(1e-20
        + (a.Skip(from).Zip(b.Skip(from), (x, y) => (double)(x - y) * (x - y)).Sum()
            / a.Skip(from).Sum(x => (double)x * x)));

    private static async Task ReadyAsync(IsolatedPlugin plugin)
    {
        while (!plugin.HasSpare)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static void Kill(IsolatedPlugin plugin)
    {
        using var process = Process.GetProcessById(plugin.WorkerId!.Value);
        process.Kill();
        // Until it is gone, a busy machine may keep the line waiting for it.
        process.WaitForExit();
    }
}
