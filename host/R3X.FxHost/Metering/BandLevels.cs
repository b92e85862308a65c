using System;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace R3X.FxHost.Metering;

/// <summary>The levels of the eight bands of <see cref="SpeechBands"/>, lowest first: RMS, full scale at 1.0.</summary>
public readonly record struct BandLevels
{
    private readonly Vector256<float> _levels;

    /// <summary>Takes the levels.</summary>
    /// <param name="levels">One a band, lowest first.</param>
    /// <exception cref="ArgumentException">Not as many as there are bands.</exception>
    public BandLevels(ReadOnlySpan<float> levels)
    {
        if (levels.Length != SpeechBands.Count)
            throw new ArgumentException($"There are {SpeechBands.Count} bands, not {levels.Length}.", nameof(levels));
        _levels = Vector256.Create(levels);
    }

    internal BandLevels(Vector256<float> levels) => _levels = levels;

    /// <summary>A band's RMS, full scale at 1.0: a sine in the middle of the band reads what it reads in
    /// <see cref="SpeechLevel.Rms"/>.</summary>
    /// <param name="band">0 to 7, lowest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such band.</exception>
    public float this[int band] => _levels.GetElement(band);

    /// <summary>Copies them.</summary>
    /// <param name="levels">Where to; at least 8.</param>
    public void CopyTo(Span<float> levels) => _levels.CopyTo(levels);

    /// <inheritdoc/>
    public override string ToString()
    {
        var texts = new string[SpeechBands.Count];
        for (int band = 0; band < texts.Length; band++)
            texts[band] = this[band].ToString("0.000", CultureInfo.InvariantCulture);
        return string.Join(' ', texts);
    }
}
