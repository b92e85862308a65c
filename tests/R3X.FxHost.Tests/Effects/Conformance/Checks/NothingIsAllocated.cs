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
        Round(line, parameters, buffer);

        // A collection in the background, such as other tests cause, takes the piece of heap away that this thread was
        // handed, and counts what was not yet filled of it as allocated: some 7,000 bytes. After one in the foreground
        // the thread has no such piece.
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(line, parameters, buffer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Round(Line line, Parameter[] parameters, AudioBuffer buffer)
    {
        for (int i = 0; i < 10; i++)
        {
            foreach (var parameter in parameters)
                line.Set(parameter.Id, i % 2 == 0 ? parameter.Minimum : parameter.Maximum);
            line.ProcessInPlace(buffer.Block(1024));
            line.ProcessInPlace(buffer.Block(32));
        }

        line.Reset();
    }
}
