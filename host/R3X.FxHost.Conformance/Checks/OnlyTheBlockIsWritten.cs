using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class OnlyTheBlockIsWritten : ConformanceCheck
{
    private const int Around = 64;

    // A number that no effect writes by chance.
    private const float Guard = 12_345.678f;

    public override string Promise =>
        "Nothing but the block's own samples is written, before, after and between channels.";

    public override string LikelyCause => "Unsafe code writes whole vectors, or counts frames of the largest block.";

    public override string Fix =>
        "Write through block[channel], whose bounds are checked, or end vectors at block.Frames.";

    public override void Check(Subject subject)
    {
        foreach (int frames in new[] { 1, 7, 31, 100, 1000 })
        {
            var line = subject.Line(Rate, 2);
            int stride = frames + Around;
            var memory = new float[(2 * stride) + Around];
            for (int round = 0; round < 3; round++)
            {
                Array.Fill(memory, Guard);
                for (int channel = 0; channel < 2; channel++)
                    Signals.Noise(frames, 0.5, channel).CopyTo(memory, Around + (channel * stride));
                line.ProcessInPlace(new AudioBlock(memory.AsSpan(Around), 2, stride, frames));
                for (int i = 0; i < memory.Length; i++)
                {
                    int inChannel = (i - Around) % stride;
                    if ((i < Around || inChannel >= frames) && memory[i] != Guard)
                        Fail($"In a block of {frames} frames, the sample {(i < Around ? $"{Around - i} before the first"
                            : $"{inChannel - frames + 1} behind the last")} of a channel was written.");
                }
            }
        }
    }
}
