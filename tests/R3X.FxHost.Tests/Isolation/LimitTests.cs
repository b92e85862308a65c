using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>A worker that takes more than it may.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("takes-memory", @"^took \d+ MB of memory, more than the 256 MB that its process may \(iso")]
    [InlineData("spins-on-own-thread", @"^used \d+ % of a processor besides its blocks, more than the 50 % that its ")]
    public async Task It_is_ended_and_the_report_says_which_limit_it_was(string id, string words)
    {
        using FxHost host = TestHost.Create(
            EffectIsolation.All, plugins: Repository.PathOf("artifacts", "test-plugins"));
        Assert.True(host.Effects.TryLoad(id, out LoadedEffect? effect, out _));
        var slot = new SlotPlan(id, id, "1.0.0", EffectRole.Tone, effect.Parameters, [], effect.Create)
        {
            IsRemote = true,
        };
        var faults = new System.Collections.Concurrent.ConcurrentQueue<SlotFault>();
        var chain = Chain.Prepare(new ChainPlan("test", [slot]), new ChainSetup(new AudioFormat(8_000, 1))
        {
            OnFault = faults.Enqueue,
        });
        float[] samples = new float[1_024];
        // At the pace of sound, more or less: limits are about what goes on for a while.
        while (faults.IsEmpty)
        {
            chain.Process(new AudioBlock(samples));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(faults.TryPeek(out SlotFault? fault));
        Assert.Equal(FaultCause.OverLimit, fault.Cause);
        Assert.Matches(words, fault.Detail);
    }
}
