using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class BlocksDoNotMatterInMovement : ConformanceCheck
{
    public override string Promise =>
        "While settings move a line sounds the same, bit for bit, however it is cut between the moves.";

    public override string LikelyCause => "A ramp takes a step a block where it should take one a frame.";

    public override string Fix => "Advance every Ramp by the frames of the block, or derive from SegmentedEffect.";

    public override void Check(Subject subject)
    {
        float[][] sound = [Signals.Voice(4096, Rate, 1.5), Signals.Noise(4096)];
        float[][] Moved(int block)
        {
            var line = subject.Line(Rate, 2);
            var random = subject.Chance(3);
            return line.Run(sound, at => Math.Min(block, ParameterGrid.Frames - (at % ParameterGrid.Frames)), at =>
            {
                // Sometimes every cell, sometimes none for a while.
                if (at % ParameterGrid.Frames == 0 && at / 512 % 2 == 0)
                    subject.Move(line, random);
            });
        }

        var cells = Moved(ParameterGrid.Frames);
        foreach (int block in new[] { 1, 7, 16, 31 })
            Same(sound, cells, Moved(block), $"In blocks of {block}, and not of {ParameterGrid.Frames}");
    }
}
