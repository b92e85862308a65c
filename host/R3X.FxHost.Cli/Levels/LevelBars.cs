using System;
using System.Globalization;
using System.Text;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli.Levels;

/// <summary>Levels as one line of a terminal: a bar for the RMS with the peak held in it, and a small bar for each band.</summary>
internal sealed class LevelBars
{
    private const double LowestDb = -48;
    private const int Width = 40;

    // The held peak stays so long, and then falls.
    private const double HoldSeconds = 0.7;
    private const double FallDbPerSecond = 30;

    private const string Parts = " ▏▎▍▌▋▊▉█";
    private const string Heights = " ▁▂▃▄▅▆▇█";

    private double _held = double.NegativeInfinity;
    private double _heldFor;

    /// <summary>The line for the next level.</summary>
    public string Draw(in SpeechLevel level)
    {
        Hold(level);
        // An eighth of a letter is the finest.
        int eighths = (int)Math.Round(Share(level.RmsDb) * Width * 8);
        var line = new StringBuilder();
        for (int i = 0; i < Width; i++)
            line.Append(Parts[Math.Clamp(eighths - (8 * i), 0, 8)]);
        int peak = (int)Math.Round(Share(_held) * Width) - 1;
        if (peak >= 0 && 8 * (peak + 1) > eighths)
            line[peak] = '│';
        string number = level.RmsDb < LowestDb ? "" : level.RmsDb.ToString("0.0", CultureInfo.InvariantCulture);
        line.Insert(0, '▕').Append(CultureInfo.InvariantCulture, $"▏{number,6} dB  ▕");
        for (int band = 0; band < SpeechBands.Count; band++)
            line.Append(Heights[(int)Math.Round(Share(20 * Math.Log10(level.Bands[band])) * 8)]);
        return line.Append('▏').ToString();
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
