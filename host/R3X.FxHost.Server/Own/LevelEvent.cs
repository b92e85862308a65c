using System;
using System.Collections.Generic;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Server.Own;

/// <summary>How loud a short stretch of sound is, as JSON.</summary>
/// <param name="Time">Its middle, in seconds: of a loudspeaker's clock, or of the line.</param>
/// <param name="RmsDb">Root of the mean square in dBFS; null for silence.</param>
/// <param name="PeakDb">The highest sample in dBFS; null for silence.</param>
/// <param name="BandsDb">The same sound in eight bands from low to high, in dBFS; null where it is silent.</param>
/// <param name="Begins">Whether it is the first of a line.</param>
/// <param name="Ends">Whether it is the silence behind the last.</param>
/// <param name="Mood">The line's mood, else the preset it names; null without either.</param>
internal sealed record LevelEvent(double Time, double? RmsDb, double? PeakDb, IReadOnlyList<double?> BandsDb,
    bool Begins, bool Ends, string? Mood) : SocketMessage
{
    private const int Bands = 8;

    /// <summary>A level as JSON.</summary>
    public static LevelEvent Of(SpeechLevel level)
    {
        double?[] bands = new double?[Bands];
        for (int band = 0; band < Bands; band++)
            bands[band] = Db(Decibels.FromGain(level.Bands[band]));
        return new LevelEvent(
            level.SampleRate > 0 ? Math.Round((double)level.Middle / level.SampleRate, 4) : 0, Db(level.RmsDb),
            Db(level.PeakDb), bands, level.Mark == LevelMark.First, level.Mark == LevelMark.Silence, level.Mood);
    }

    // JSON has no word for minus infinity.
    private static double? Db(double level) => double.IsFinite(level) ? Math.Round(level, 2) : null;
}
