using System;
using System.Linq;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>Once warm, blocks, moves and resets allocate not one byte.</summary>
internal sealed class NothingIsAllocated : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        var line = subject.Line(Rate, 2);
        var parameters = subject.Parameters.Where(p => !p.IsStructural).ToArray();
        var buffer = new AudioBuffer(2, 1024);
        for (int round = 0; round < 6; round++)
        {
            // The count is the thread's own: collections that others cause do not disturb it. What is made once, at the first use, is not counted.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                foreach (var parameter in parameters)
                    line.Set(parameter.Id, i % 2 == 0 ? parameter.Minimum : parameter.Maximum);
                line.ProcessInPlace(buffer.Block(1024));
                line.ProcessInPlace(buffer.Block(32));
            }

            line.Reset();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round > 0)
                Assert.Equal(0, allocated);
        }
    }
}
