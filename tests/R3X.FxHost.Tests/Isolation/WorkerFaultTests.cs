using System.Text.RegularExpressions;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Isolation;

/// <summary>Plugins that do what no process survives, in processes of their own.</summary>
public sealed class WorkerFaultTests
{
    [Theory]
    [InlineData("overflows-stack", "ended its process: the stack overflowed, at .*StackOverflows.Deeper")]
    [InlineData("fails-fast", "ended its process itself \\(FailFast\\): no coffee left")]
    [InlineData("crashes-natively", "ended its process: it crashed in native code \\(segmentation fault\\)")]
    [InlineData("throws-on-own-thread", "nobody caught: System.InvalidOperationException: nobody listens here")]
    [InlineData("waits-for-ever", "did not return from Process")]
    [InlineData("never-returns", "did not return from Process")]
    [InlineData("fills-heap", "wanted more than the \\d+ MB that its objects may take of 256 MB")]
    public async Task A_plugin_that_would_end_the_host_ends_its_own_process_and_the_line_is_whole(
        string plugin, string words)
    {
        using var run = new IsolatedRun($"  - {plugin}\n");
        float[] sine = IsolatedRun.Sine(1);

        (SpeechReport report, float[] heard) = await run.RenderAsync(sine);

        Assert.True(Regex.IsMatch(string.Join("\n", report.Faults), words), string.Join("\n", report.Faults));
        Assert.All(report.Faults, fault => Assert.StartsWith($"Step \"{plugin}\" ({plugin} ", fault));
        Assert.Equal(sine.Length, heard.Length);
        for (int i = 0; i < heard.Length; i++)
            Assert.Equal(sine[i], heard[i], 1e-4f);
    }
}
