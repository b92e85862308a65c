using System;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class NothingIsAllocated : ConformanceCheck
{
    private const int Rounds = 10;

    public override string Promise => "Once warm, blocks, moves and resets allocate not one byte.";

    public override string LikelyCause =>
        "Process, SetParameter or Reset makes an array, a string, an enumerator, a closure or boxes a number.";

    public override string Fix => "Make in Prepare what is needed, for setup.MaxFrames frames, and use it again.";

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
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated != 0)
            Fail(string.Create(null, $"{2 * Rounds} blocks, with moves between them, and a reset allocated ")
                + string.Create(null, $"{allocated:N0} bytes."));
    }

    private static void Round(Line line, Parameter[] parameters, AudioBuffer buffer)
    {
        for (int i = 0; i < Rounds; i++)
        {
            foreach (var parameter in parameters)
                line.Set(parameter.Id, i % 2 == 0 ? parameter.Minimum : parameter.Maximum);
            line.ProcessInPlace(buffer.Block(1024));
            line.ProcessInPlace(buffer.Block(32));
        }

        line.Reset();
    }
}
