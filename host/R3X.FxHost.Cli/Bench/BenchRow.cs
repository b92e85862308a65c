using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Cli.Bench;

/// <summary>What <c>bench --json</c> prints. Times are wall times, start-up included; every figure is the median of the
/// runs.</summary>
/// <param name="Pinned">The core everything ran on; null where the system does not allow that.</param>
/// <param name="VectorBits">The widest vectors this processor is used with.</param>
internal sealed record BenchRow(
    string Preset, string Sound, double Seconds, int SampleRate, int Runs, int? Pinned, int VectorBits,
    IReadOnlyList<ChainRow> Chain, IReadOnlyList<ProgramRow> Programs, double? RenderToFfmpeg,
        double? RenderToFfmpegOnEveryCore, ShortLineRow ShortLine, StreamsRow Streams, double SilenceToSpeech)
{
    /// <summary>The chain as the bars mean it: full quality, the largest block.</summary>
    public ChainRow Full => Chain[0];
}

/// <summary>The chain in this process, without reading and writing.</summary>
internal sealed record ChainRow(string Quality, int BlockFrames, Figure NsPerSample, double TimesRealTime);

/// <summary>A whole program.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Command">The command that was measured.</param>
/// <param name="WallSeconds">How long that took; null when the program is not there.</param>
/// <param name="CopySeconds">How long the same program takes to copy the file.</param>
/// <param name="EveryCoreSeconds">How long the command takes where it may use every core.</param>
/// <param name="NsPerSample">The difference of both a sample; null when it is lost in their spread.</param>
/// <param name="TimesRealTime">The same difference against the sound's length.</param>
/// <param name="ToChain">The same difference, in times this host's chain.</param>
/// <param name="Install">Where it comes from, when it is not there.</param>
internal sealed record ProgramRow(
    string Name, string Command, Figure? WallSeconds, Figure? CopySeconds, Figure? EveryCoreSeconds,
        double? NsPerSample, double? TimesRealTime, double? ToChain, string? Install);

/// <summary>One short line on every core: how long that takes, and how long the command takes to start and do
/// nothing.</summary>
internal sealed record ShortLineRow(double Seconds, Figure RenderSeconds, Figure StartSeconds);

/// <summary>Many lines at once against one after the other.</summary>
internal sealed record StreamsRow(int Count, double SecondsInterleaved, double SecondsOneByOne, double Ratio);

/// <summary>Several measurements of one thing.</summary>
internal sealed record Figure(double Median, double Lowest, double Highest)
{
    public static Figure Of(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Figure((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    public static Figure? OfAny(IReadOnlyList<double> values) => values.Count == 0 ? null : Of(values);
}
