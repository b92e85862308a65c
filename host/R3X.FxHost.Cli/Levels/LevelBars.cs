using System;
using System.Globalization;
using System.Text;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli.Levels;

/// <summary>Levels as one line of a terminal: a bar for the RMS with the peak held in it, and a small bar for each
/// band.</summary>
internal sealed class LevelBars
{
    private const double LowestDb = -48;
    private const int MostWidth = 40;
    private const int LeastWidth = 8;

    // The bar's two ends, the number behind it and the column that stays free.
    private const int NumberWidth = 12;
    private const int BandsWidth = 4 + SpeechBands.Count;

    // The held peak stays so long, and then falls.
    private const double HoldSeconds = 0.7;
    private const double FallDbPerSecond = 30;

    private const string Parts = " ▏▎▍▌▋▊▉█";
    private const string Heights = " ▁▂▃▄▅▆▇█";

    private double _held = double.NegativeInfinity;
    private double _heldFor;

    /// <summary>
    /// The line for the next level: the bar gets shorter in a narrow terminal; in a very narrow one the bands, then the
    /// bar, are left out.
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="columns">Letters in a row of the terminal.</param>
    public string Draw(in SpeechLevel level, int columns)
    {
        Hold(level);
        bool hasBands = columns - NumberWidth - BandsWidth >= LeastWidth;
        int width = Math.Min(MostWidth, columns - NumberWidth - (hasBands ? BandsWidth : 0));
        var line = new StringBuilder();
        if (width >= LeastWidth)
            AppendBar(line, level.RmsDb, width);
        string number = level.RmsDb < LowestDb ? "" : level.RmsDb.ToString("0.0", CultureInfo.InvariantCulture);
        line.Append(CultureInfo.InvariantCulture, $"{number,6} dB");
        if (hasBands)
            AppendBands(line, level);
        return line.ToString();
    }

    private void AppendBar(StringBuilder line, double rmsDb, int width)
    {
        // An eighth of a letter is the finest.
        int eighths = (int)Math.Round(Share(rmsDb) * width * 8);
        for (int i = 0; i < width; i++)
            line.Append(Parts[Math.Clamp(eighths - (8 * i), 0, 8)]);
        int peak = (int)Math.Round(Share(_held) * width) - 1;
        if (peak >= 0 && 8 * (peak + 1) > eighths)
            line[peak] = '│';
        line.Insert(0, '▕').Append('▏');
    }

    private static void AppendBands(StringBuilder line, in SpeechLevel level)
    {
        line.Append("  ▕");
        for (int band = 0; band < SpeechBands.Count; band++)
            line.Append(Heights[(int)Math.Round(Share(20 * Math.Log10(level.Bands[band])) * 8)]);
        line.Append('▏');
    }

    private void Hold(in SpeechLevel level)
    {
        double seconds = level.Duration.TotalSeconds;
        _heldFor += seconds;
        if (level.Mark == LevelMark.Silence)
            _held = double.NegativeInfinity;
        else if (_heldFor > HoldSeconds)
            _held -= FallDbPerSecond * seconds;
        if (level.PeakDb >= _held)
            (_held, _heldFor) = (level.PeakDb, 0);
    }

    private static double Share(double decibels) => Math.Clamp(1 - (decibels / LowestDb), 0, 1);
}
