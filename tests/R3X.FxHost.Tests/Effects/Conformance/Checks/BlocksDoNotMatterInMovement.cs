using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>Modulation sounds the same bit for bit however the line is cut between the moves.</summary>
internal sealed class BlocksDoNotMatterInMovement : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        float[][] sound = [Signals.Voice(4096, Rate, 1.5), Signals.Noise(4096)];
        float[][] Moved(int block)
        {
            var line = subject.Line(Rate, 2);
            var random = new Random(3);
            return line.Run(sound, at => Math.Min(block, ParameterGrid.Frames - (at % ParameterGrid.Frames)), at =>
            {
                // Sometimes every cell, sometimes none for a while.
                if (at % ParameterGrid.Frames == 0 && at / 512 % 2 == 0)
                    subject.Move(line, random);
            });
        }

        var cells = Moved(ParameterGrid.Frames);
        foreach (int block in new[] { 1, 7, 16, 31 })
            Same(cells, Moved(block));
    }
}
