using System;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace R3X.FxHost.Cli.Bench;

/// <summary>The figures as people read them: what is compared is side by side, with a bar and what it aims
/// at.</summary>
internal static class BenchReport
{
    private const int BarWidth = 30;

    public static void Print(BenchRow row)
    {
        string where = row.Pinned is { } core ? $"on core {core} where not said otherwise"
            : "on whatever core was free: this system does not bind a program to one";
        Console.Out.WriteLine(Text($"{row.Preset}, {row.Seconds:0.#} s of {row.Sound}, {row.SampleRate} Hz mono; "
            + $"medians of {row.Runs} alternating runs; {where}; {row.VectorBits}-bit vectors"));
        PrintSpeed(row);
        PrintBlocks(row);
        PrintPrograms(row);
        PrintRatios(row);
        foreach (ProgramRow program in row.Programs.Where(program => program.WallSeconds is not null))
            Console.Out.WriteLine("  " + program.Command);
    }

    private static void PrintSpeed(BenchRow row)
    {
        ChainRow draft = row.Chain.First(chain => chain.Quality != row.Full.Quality);
        double longest = row.Programs.Max(program => program.NsPerSample ?? 0);
        longest = Math.Max(longest, row.Full.NsPerSample.Median);
        var table = new Listing("the chain alone", "ns/sample", "times real time", "r3x is faster by", "aim", "");
        table.Add("r3x", Text($"{row.Full.NsPerSample.Median:0.0}"), Text($"{row.Full.TimesRealTime:N0}"), "",
            Aim(row, "20 ns"), Bar(row.Full.NsPerSample.Median, longest));
        table.Add("r3x, draft quality", Text($"{draft.NsPerSample.Median:0.0}"), Text($"{draft.TimesRealTime:N0}"), "",
            Aim(row, "8 ns"), Bar(draft.NsPerSample.Median, longest));
        foreach (ProgramRow program in row.Programs)
        {
            string name = program.Name == "r3x" ? "r3x render, above --dry" : $"{program.Name}, above a plain copy";
            string aim = program.Name == "ffmpeg" ? Aim(row, "2.0") : "";
            if (program.NsPerSample is { } nanoseconds)
                table.Add(name, Text($"{nanoseconds:0.0}"), Text($"{program.TimesRealTime:N0}"),
                    Text($"{program.ToChain:0.0}"), aim, Bar(nanoseconds, longest));
            else
                table.Add(name, program.Install is null ? "lost in the spread" : "not installed", "", "", aim, "");
        }

        table.Write();
    }

    private static void PrintBlocks(BenchRow row)
    {
        var table = new Listing(
            "quality", "frames a block", "ns/sample", "lowest", "highest", "times real time", "to 1,024 frames");
        foreach (ChainRow chain in row.Chain)
        {
            double whole = row.Chain.First(other => other.Quality == chain.Quality).NsPerSample.Median;
            table.Add(
                chain.Quality, Text($"{chain.BlockFrames:N0}"), Text($"{chain.NsPerSample.Median:0.00}"),
                    Text($"{chain.NsPerSample.Lowest:0.00}"),
                Text($"{chain.NsPerSample.Highest:0.00}"), Text($"{chain.TimesRealTime:N0}"),
                    Text($"{chain.NsPerSample.Median / whole:0.00}"));
        }

        table.Write();
    }

    private static void PrintPrograms(BenchRow row)
    {
        double longest = row.Programs.Max(program => program.WallSeconds?.Median ?? 0);
        var table = new Listing("whole program, file to file", "s", "plain copy, s", "on every core, s", "");
        foreach (ProgramRow program in row.Programs.Where(program => program.WallSeconds is not null))
            table.Add(program.Name, Text($"{program.WallSeconds!.Median:0.000}"),
                Text($"{program.CopySeconds!.Median:0.000}"), Text($"{program.EveryCoreSeconds!.Median:0.000}"),
                Bar(program.WallSeconds.Median, longest));
        table.Write();
        var wait = new Listing("one short line, on every core", "s", "aim");
        wait.Add(Text($"r3x render, {row.ShortLine.Seconds:0} s of MP3"),
            Text($"{row.ShortLine.RenderSeconds.Median:0.000}"), Aim(row, "at most 0.150"));
        wait.Add("r3x --version", Text($"{row.ShortLine.StartSeconds.Median:0.000}"), "");
        wait.Write();
    }

    private static void PrintRatios(BenchRow row)
    {
        var table = new Listing("ratio", "measured", "aim");
        if (row.RenderToFfmpeg is { } render)
            table.Add("r3x render, whole program, to ffmpeg's", Text($"{render:0.00}"), WholeAim(row));
        if (row.RenderToFfmpegOnEveryCore is { } freely)
            table.Add("r3x render, whole program, to ffmpeg's, on every core", Text($"{freely:0.00}"), WholeAim(row));
        table.Add($"{row.Streams.Count} lines, a block of each in turn, to one after the other",
            Text($"{row.Streams.Ratio:0.00}"), "at most 1.30");
        table.Add("silence behind speech to speech", Text($"{row.SilenceToSpeech:0.00}"), "at most 1.50");
        table.Write();
    }

    // Aims are the neutral chain's; another preset does more, or less.
    private static string Aim(BenchRow row, string aim) => row.Preset == BenchVerb.UsualPreset ? aim : "";

    // In ten minutes the programs' starts no longer count.
    private static string WholeAim(BenchRow row) => row.Seconds >= 600 ? Aim(row, "at most 0.60") : "";

    private static string Bar(double value, double longest) =>
        new('█', Math.Max(1, (int)Math.Round(BarWidth * value / longest)));

    private static string Text(DefaultInterpolatedStringHandler text) => text.ToStringAndClear();
}
