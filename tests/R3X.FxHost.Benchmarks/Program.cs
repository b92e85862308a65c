using System;
using System.IO;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace R3X.FxHost.Benchmarks;

/// <summary>Prints figures; judges nothing. Each measurement runs beside something it can be compared with.</summary>
internal static class Program
{
    private const string Quick = "--quick";

    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["kernels", ..]:
                return Run<KernelBenchmarks>(arguments[1..]);
            case ["effects", ..]:
                return Run<EffectBenchmarks>(arguments[1..]);
            case ["chain", ..]:
                return Run<ChainBenchmarks>(arguments[1..]);
            case ["choice", ..]:
                return Run<ChoiceBenchmarks>(arguments[1..]);
            case ["movement", ..]:
                return Run<MovementBenchmarks>(arguments[1..]);
            case ["blocks"]:
                BlockCosts.Measure();
                return 0;
            case ["isolation"]:
                IsolationTable.Print();
                return 0;
            case ["added-latency", string file, ..]:
                await AddedLatency.MeasureAsync(file, arguments.Length > 2 ? arguments[2] : null);
                return 0;
            case ["first-sound", string file]:
                await FirstSound.MeasureAsync(file);
                return 0;
            case ["event-loop", string file, ..]:
                await EventLoop.MeasureAsync(file, arguments.Length > 2 ? arguments[2] : "null");
                return 0;
            case ["presets", _, ..]:
                await PresetTable.PrintAsync(arguments[1..]);
                return 0;
            case ["match", string profile, string against, _, ..]:
                MatchTable.Print(profile, against, arguments[3..]);
                return 0;
            default:
                await Console.Error.WriteLineAsync("""
                    Usage: dotnet run --project tests/R3X.FxHost.Benchmarks -c Release -- MEASUREMENT

                      kernels [--quick]             the toolbox effects are made of, a block of 1,024 frames
                      effects [--quick]             every effect that is found, a sample
                      chain [--quick]               the neutral chain, full and draft, in blocks of four sizes, a sample
                      blocks                        what a block of the neutral chain costs beyond its samples, by slot
                      movement [--quick]            the neutral chain while none, one or all of its settings move
                      choice [--quick]              a line's preset among 500
                      isolation                     effects in processes of their own: round trip, cost, a killed worker
                      added-latency FILE [FORMAT]   a feed paced in real time in 20 ms chunks; p50, p99, max
                      first-sound FILE              a bursting mono MP3: from the first frame to the first sound
                      event-loop FILE [DEVICE]      lateness of a 5 ms ticker while lines play, and alone
                      presets FILE...               what every preset makes of each voice, as a table in Markdown
                      match PROFILE PRESET FOLDER...
                                                    r3x match for each voice, a folder of lines each, beside a preset

                    Behind the first five, BenchmarkDotNet's own options are taken, such as --filter "*Oversampler*".
                    Beside ffmpeg and sox: r3x bench.
                    """);
                return 2;
        }
    }

    // In this process: BenchmarkDotNet's own child project would have to build, and find plugins, as this one does.
    private static int Run<T>(string[] arguments)
    {
        Job job = Array.IndexOf(arguments, Quick) >= 0 ? Job.ShortRun : Job.MediumRun.WithLaunchCount(1);
        IConfig config = DefaultConfig.Instance.AddJob(job.WithToolchain(InProcessNoEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
        BenchmarkRunner.Run<T>(config, Array.FindAll(arguments, argument => argument != Quick));
        return 0;
    }
}
