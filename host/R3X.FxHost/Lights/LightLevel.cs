using System;
using System.Runtime.Intrinsics;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Lights;

/// <summary>What lights get for one level, on a droid's own scale.</summary>
public readonly record struct LightLevel
{
    private readonly Vector256<int> _bands;

    /// <summary>Takes the numbers.</summary>
    /// <param name="level">For the whole sound.</param>
    /// <param name="bands">For each band of <see cref="SpeechBands"/>, lowest first.</param>
    /// <exception cref="ArgumentException">Not as many as there are bands.</exception>
    public LightLevel(int level, ReadOnlySpan<int> bands)
    {
        if (bands.Length != SpeechBands.Count)
            throw new ArgumentException($"There are {SpeechBands.Count} bands, not {bands.Length}.", nameof(bands));
        Level = level;
        _bands = Vector256.Create(bands);
    }

    /// <summary>The number for the whole sound.</summary>
    public int Level { get; }

    /// <summary>The number for a band.</summary>
    /// <param name="band">0 to 7, lowest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such band.</exception>
    public int this[int band] => _bands.GetElement(band);
}
