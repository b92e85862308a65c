using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Sdk;

/// <summary>The shape of a stream of samples.</summary>
/// <param name="SampleRate">Frames per second, 8,000 to 96,000 inside a chain.</param>
/// <param name="Channels">Samples per frame; 1 or 2 today, and no effect may assume so.</param>
public readonly record struct AudioFormat(int SampleRate, int Channels)
{
    /// <summary>The smallest rate a chain runs at.</summary>
    public const int MinimumSampleRate = 8_000;

    /// <summary>The largest rate a chain runs at.</summary>
    public const int MaximumSampleRate = 96_000;

    /// <summary>The number of frames nearest to a length of time, at least 0.</summary>
    /// <param name="milliseconds">Length in milliseconds.</param>
    public int Frames(double milliseconds) => milliseconds <= 0 ? 0 : (int)((milliseconds * SampleRate / 1000.0) + 0.5);

    /// <summary>The length of a number of frames in milliseconds.</summary>
    /// <param name="frames">Number of frames.</param>
    public double Milliseconds(long frames) => frames * 1000.0 / SampleRate;

    /// <summary>
    /// Whether a filter or a tone of this frequency can be made at this rate; above, an effect leaves it out and notes
    /// that (<see cref="EffectSetup.NoteTooHigh"/>).
    /// </summary>
    /// <param name="frequency">In hertz.</param>
    public bool Carries(double frequency) => frequency <= MatchedFilters.HighestFrequency * SampleRate;

    /// <summary>
    /// A frequency as the fraction of the sample rate that filter designs take, within what they allow.
    /// </summary>
    /// <param name="frequency">In hertz.</param>
    public double Fraction(double frequency) => Math.Min(frequency / SampleRate, MatchedFilters.HighestFrequency);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{SampleRate} Hz, {(Channels == 1 ? "mono" : Channels == 2 ? "stereo" : $"{Channels} channels")}";
}
