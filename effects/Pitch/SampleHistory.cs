using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// The last stretch of one sound, found by its place in the line; before the line's first sample there is silence.
/// </summary>
internal sealed class SampleHistory
{
    private readonly float[] _samples;
    private readonly int _kept;
    private int _count;

    /// <param name="kept">Samples that can always be reached back to.</param>
    /// <param name="most">The most that will be appended at once.</param>
    public SampleHistory(int kept, int most)
    {
        _kept = kept;
        _samples = new float[(3 * kept) + most];
        Clear();
    }

    /// <summary>Samples there were since the line began.</summary>
    public long End { get; private set; }

    /// <summary>Adds what has arrived.</summary>
    public void Append(ReadOnlySpan<float> samples)
    {
        if (_count + samples.Length > _samples.Length)
        {
            _samples.AsSpan(_count - _kept, _kept).CopyTo(_samples);
            _count = _kept;
        }

        samples.CopyTo(_samples.AsSpan(_count));
        _count += samples.Length;
        End += samples.Length;
    }

    /// <summary>What lies between two places.</summary>
    /// <param name="start">Place of the first sample, at most the kept length before <see cref="End"/>.</param>
    /// <param name="count">Number of samples, none of them at or after <see cref="End"/>.</param>
    public ReadOnlySpan<float> Span(long start, int count) => _samples.AsSpan(_count - (int)(End - start), count);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_samples);
        _count = _kept;
        End = 0;
    }
}
