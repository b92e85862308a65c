using System;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli.Levels;

/// <summary>Levels for another program: one a line, tabs between, the names first. Levels are in dBFS, <c>-inf</c> for
/// silence.</summary>
internal static class LevelTable
{
    public static string Names { get; } = string.Join('\t', [
        "seconds", "rms_db", "peak_db",
        .. Enumerable.Range(0, SpeechBands.Count).Select(
            band => string.Create(CultureInfo.InvariantCulture, $"band_{SpeechBands.Centre(band):0}_hz_db"))]);

    public static string Row(in SpeechLevel level)
    {
        SpeechLevel row = level;
        return string.Join('\t', [
            ((double)level.Start / Math.Max(1, level.SampleRate)).ToString("0.000", CultureInfo.InvariantCulture),
                Number(level.RmsDb), Number(level.PeakDb),
            .. Enumerable.Range(0, SpeechBands.Count).Select(band => Number(20 * Math.Log10(row.Bands[band])))]);
    }

    private static string Number(double decibels) =>
        double.IsNegativeInfinity(decibels) ? "-inf" : decibels.ToString("0.0", CultureInfo.InvariantCulture);
}
