using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Benchmarks;

/// <summary>What every preset of this checkout makes of some voices, as a table in Markdown.</summary>
internal static class PresetTable
{
    public static async Task PrintAsync(params string[] files)
    {
        FxHost host = Installed.Host;
        Console.WriteLine(
            "| preset | voice | LUFS | dBTP | STOI | likeness to DJ R-3X, dry | wet | latency | ns/sample |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (PresetListing listing in host.Presets.ReadAll().Where(listing => listing.Reading.Preset is not null))
        {
            foreach (string file in files)
            {
                PresetFigures figures = await PresetFigures.MeasureAsync(
                    host, listing.Reading.Preset!, await File.ReadAllBytesAsync(file));
                Console.WriteLine(FormattableString.Invariant(
                    $"| {listing.Id} | {Path.GetFileNameWithoutExtension(file)} ")
                    + FormattableString.Invariant(
                        $"| {figures.Loudness:F1} | {figures.TruePeak:F2} | {figures.Intelligibility:F3} ")
                    + FormattableString.Invariant($"| {figures.DryLikeness:F2} | {figures.WetLikeness:F2} ")
                    + FormattableString.Invariant(
                        $"| {figures.Latency.TotalMilliseconds:F2} ms | {figures.NanosecondsPerSample:F1} |"));
            }
        }
    }
}
