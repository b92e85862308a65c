using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Cli.Bench;

/// <summary>A whole program in the comparison: its chain and its plain copy, measured side by side.</summary>
/// <param name="name">What it is called.</param>
/// <param name="program">The file that is started.</param>
/// <param name="before">Arguments in front of both commands.</param>
/// <param name="chain">The arguments of the chain.</param>
/// <param name="copy">The arguments of the copy.</param>
/// <param name="install">Where it comes from.</param>
internal sealed class Contender(
    string name, string program, string[] before, string[] chain, string[] copy, string install)
{
    private readonly List<double> _chainTimes = [];
    private readonly List<double> _copyTimes = [];
    private readonly List<double> _freeTimes = [];
    private bool _isMissing;

    public string Name => name;

    public static Contender Of(Peer peer) =>
        new(peer.Name, peer.Name, [], peer.Chain.Split(' '), peer.Copy.Split(' '), peer.Install);

    /// <summary>This program, started afresh. Its copy decodes and writes, too.</summary>
    public static Contender Self(string[] renderOptions)
    {
        (string path, string[] before) = TimedProgram.Self;
        return new Contender(
            "r3x", path, before, ["render", Peer.Input, "-o", Peer.Output, .. renderOptions],
                ["render", Peer.Input, "-o", Peer.Output, "--dry"], "");
    }

    /// <summary>Runs both once. A program that is not there is said once, and left out.</summary>
    public void Run(BenchFolder folder, CancellationToken cancellation)
    {
        if (_isMissing)
            return;
        if (TimedProgram.Run(folder, program, [.. before, .. copy], cancellation) is not { } copying)
        {
            _isMissing = true;
            Messages.Warning($"{name} is not on the PATH and is left out. Install it: {install}.");
            return;
        }

        _copyTimes.Add(copying);
        if (TimedProgram.Run(folder, program, [.. before, .. chain], cancellation) is { } time)
            _chainTimes.Add(time);
    }

    /// <summary>Runs the chain once more, where it may use every core.</summary>
    public void RunFreely(BenchFolder folder, CancellationToken cancellation)
    {
        if (!_isMissing && TimedProgram.Run(folder, program, [.. before, .. chain], cancellation) is { } time)
            _freeTimes.Add(time);
    }

    public ProgramRow Row(BenchSound sound, double chainNanoseconds)
    {
        var wall = Figure.OfAny(_chainTimes);
        var copied = Figure.OfAny(_copyTimes);
        // Where the sound is short, start-up varies by more than the chain takes.
        double? extra = wall?.Median - copied?.Median is { } difference and > 0 ? difference : null;
        double? nanoseconds = extra * 1e9 / sound.Samples.Length;
        return new ProgramRow(
            name, string.Join(' ', chain.Prepend(name)), wall, copied, Figure.OfAny(_freeTimes), nanoseconds,
                sound.Seconds / extra, nanoseconds / chainNanoseconds, _isMissing ? install : null);
    }
}
