using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace R3X.FxHost.Cli.Bench;

/// <summary>
/// How long somebody waits for one short line: two seconds of the demo line's MP3 to a WAV file, by this program
/// started afresh. Beside it, the program started for nothing.
/// </summary>
internal sealed class ShortLine
{
    private const string Input = "short.mp3";
    private const double Seconds = 2;

    // MP3 may be cut anywhere; the demo line has 96 kbit/s.
    private const int Bytes = (int)(Seconds * 96_000 / 8);

    private readonly List<double> _renders = [];
    private readonly List<double> _starts = [];

    /// <summary>Measures once. The file is made the first time.</summary>
    public void Run(BenchFolder folder, CancellationToken cancellation)
    {
        string input = Path.Combine(folder.Path, Input);
        if (!File.Exists(input))
            File.WriteAllBytes(input, File.ReadAllBytes(DemoVerb.LineFile).AsSpan(0, Bytes));
        (string program, string[] before) = TimedProgram.Self;
        _starts.Add(TimedProgram.Run(folder, program, [.. before, "--version"], cancellation) ?? 0);
        _renders.Add(
            TimedProgram.Run(folder, program, [.. before, "render", Input, "-o", Peer.Output], cancellation) ?? 0);
    }

    /// <summary>The figures.</summary>
    public ShortLineRow Row() => new(Seconds, Figure.Of(_renders), Figure.Of(_starts));
}
