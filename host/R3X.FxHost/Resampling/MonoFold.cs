using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Resampling;

/// <summary>
/// Stereo to mono: the mean of both channels. Where one channel is the other upside down, as a wrongly wired cable
/// makes it, their mean is next to silence: then the left channel alone is taken, within 20 ms and without a click.
/// What comes out does not depend on how the line was cut. One line, one thread; allocates only when made.
/// </summary>
/// <param name="sampleRate">Frames per second.</param>
internal sealed class MonoFold(int sampleRate)
{
    /// <summary>What is told of a line in which the channels cancelled each other.</summary>
    public const string Warning = "The line's two channels are each other's opposite, so that their mean is silence;"
        + " the left channel alone was taken for mono. Turn one channel of the source upside down, or send one "
            + "channel.";

    // The mean's power against that of the difference: 20 dB below it, it counts as lost; 14 dB below, as there again.
    private const double Lost = 0.01;
    private const double There = 0.04;
    private const double Seconds = 0.02;

    // Below -90 dBFS nothing clicks, and nothing is missed.
    private const double Audible = 1e-9;

    private readonly double _share = 1 - Math.Exp(-1 / (Seconds * sampleRate));
    private readonly float _step = (float)(1 / (Seconds * sampleRate));
    private double _mean;
    private double _difference;
    private float _left;
    private bool _isLost;
    private bool _hasBegun;
    private long _lostFrames;

    /// <summary>Whether the left channel alone was taken for 0.1 s or more.</summary>
    public bool HasCancelled => _lostFrames >= sampleRate / 10;

    /// <summary>Folds frames.</summary>
    /// <param name="stereo">Two channels.</param>
    /// <param name="mono">As many frames; may be one of the channels.</param>
    public void Apply(AudioBlock stereo, Span<float> mono)
    {
        ReadOnlySpan<float> left = stereo[0][..mono.Length];
        ReadOnlySpan<float> right = stereo[1][..mono.Length];
        for (int i = 0; i < mono.Length; i++)
        {
            float mean = 0.5f * (left[i] + right[i]);
            float difference = 0.5f * (left[i] - right[i]);
            Judge(mean, difference);
            mono[i] = mean + (_left * difference);
        }
    }

    private void Judge(float mean, float difference)
    {
        _mean += _share * (((double)mean * mean) - _mean);
        _difference += _share * (((double)difference * difference) - _difference);
        _isLost = _mean < (_isLost ? There : Lost) * _difference;
        float target = _isLost ? 1 : 0;
        _hasBegun |= _mean > Audible || _difference > Audible;
        float next = _left < target ? Math.Min(target, _left + _step) : Math.Max(target, _left - _step);
        _left = _hasBegun ? next : target;
        if (_isLost && _difference > Audible)
            _lostFrames++;
    }
}
