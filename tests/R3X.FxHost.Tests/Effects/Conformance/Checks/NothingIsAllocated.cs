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
        long least = long.MaxValue;
        for (int round = 0; round < 8 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Round(line, parameters, buffer);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // What the path allocates it allocates in every round. Beside other tests a round now and then reads a few thousand bytes that no
        // code of the path asked for, less than the piece of heap that a thread is handed at once.
        Assert.Equal(0, least);
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
