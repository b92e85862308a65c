using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Metering;

/// <summary>How loud a short stretch of sound is.</summary>
/// <param name="Start">Its first frame, counted from the first that was measured; on a loudspeaker, from the first the
/// device was given.</param>
/// <param name="Frames">Its length in frames; 0 for the silence behind the end.</param>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="Rms">Root of the mean square over all channels, full scale at 1.0: a full-scale sine has 0.707.</param>
/// <param name="Peak">The highest sample's magnitude, full scale at 1.0.</param>
/// <param name="Bands">The same sound in eight bands.</param>
public readonly record struct SpeechLevel(
    long Start, int Frames, int SampleRate, float Rms, float Peak, BandLevels Bands)
{
    /// <summary>Where a line's sound begins and ends.</summary>
    public LevelMark Mark { get; init; }

    /// <summary>
    /// The mood of the line that speaks; where its selection names none, the preset that it names and that is used;
    /// null without either.
    /// </summary>
    public string? Mood { get; init; }

    /// <summary><see cref="Rms"/> in dBFS; negative infinity for silence.</summary>
    public double RmsDb => Decibels.FromGain(Rms);

    /// <summary><see cref="Peak"/> in dBFS; negative infinity for silence.</summary>
    public double PeakDb => Decibels.FromGain(Peak);

    /// <summary>Its length.</summary>
    public TimeSpan Duration => SampleRate > 0 ? TimeSpan.FromSeconds((double)Frames / SampleRate) : TimeSpan.Zero;

    /// <summary>The frame in its middle: when that one is heard, the level is true of what is heard.</summary>
    public long Middle => Start + (Frames / 2);
}
