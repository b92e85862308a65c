using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// From peaks to gains: what each peak allows, the least of that over look-ahead and hold, a release in two stages that only
/// ever rises, a fade made of moving averages. Every gain is at most what each peak in reach allows.
/// </summary>
internal sealed class LimiterGain
{
    /// <summary>
    /// Aiming 0.08 dB inside the ceiling pays for what the waveform rises between the detector's points, and still leaves alone
    /// what is 0.1 dB below the ceiling.
    /// </summary>
    public const float Margin = 0.99083f;


    // Two equal one-poles in a row have gone 63 % of the way after 2.146 of one's time constants.
    private const double TwoPoles = 2.146;

    // So near to 1 is 1, or a line would never be bit-exact again.
    private const double Home = 1 - 1e-8;

    private readonly double _sampleRate;
    private readonly int _settled;
    private readonly MovingMinimum _least;
    private readonly BoxFilters _fade;
    private Ramp _keep;
    private double _first = 1;
    private double _second = 1;
    private int _quiet;

    public LimiterGain(LimiterLengths lengths, double sampleRate)
    {
        _sampleRate = sampleRate;
        _settled = lengths.Window + lengths.Fade;
        _least = new MovingMinimum(lengths.Window);
        _fade = new BoxFilters(lengths.Fade);
    }

    /// <summary>Whether the release is on its way to a new value.</summary>
    public bool IsMoving => _keep.IsMoving;

    /// <summary>Sets the release at once.</summary>
    public void JumpRelease(double milliseconds) => _keep.JumpTo(Keep(milliseconds));

    /// <summary>Starts towards a new release.</summary>
    public void RampRelease(double milliseconds) => _keep.RampTo(Keep(milliseconds));

    /// <summary>Multiplies, and cuts what rounding may have left above the ceiling.</summary>
    public static void Apply(ReadOnlySpan<float> input, ReadOnlySpan<float> gains, ReadOnlySpan<float> ceilings, Span<float> output)
    {
        gains = gains[..input.Length];
        ceilings = ceilings[..input.Length];
        output = output[..input.Length];
        for (int i = 0; i < input.Length; i++)
            output[i] = Math.Clamp(input[i] * gains[i], -ceilings[i], ceilings[i]);
    }

    /// <summary>Turns peaks into gains, in place.</summary>
    /// <param name="peaks">In: peaks. Out: gains, if there is anything to do.</param>
    /// <param name="ceilings">The ceiling at every frame.</param>
    /// <returns>False when all gains are 1; the peaks are then left as they are.</returns>
    public bool Process(Span<float> peaks, ReadOnlySpan<float> ceilings)
    {
        bool idle = _quiet >= _settled && _second == 1 && !_keep.IsMoving;
        if (idle && !AnyAbove(peaks, ceilings))
            return false;
        for (int i = 0; i < peaks.Length; i++)
        {
            float ceiling = ceilings[i] * Margin;
            float allowed = peaks[i] > ceiling ? ceiling / peaks[i] : 1;
            _quiet = allowed < 1 || _second < 1 ? 0 : Math.Min(_quiet + 1, _settled);
            peaks[i] = _fade.Next((int)(Release(_least.Next(allowed)) * BoxFilters.Unity));
        }

        return true;
    }

    /// <summary>Forgets everything but the release.</summary>
    public void Clear()
    {
        _least.Clear();
        _fade.Clear();
        _first = 1;
        _second = 1;
        _quiet = _settled;
    }

    private static bool AnyAbove(ReadOnlySpan<float> peaks, ReadOnlySpan<float> ceilings)
    {
        bool any = false;
        for (int i = 0; i < peaks.Length; i++)
            any |= peaks[i] > ceilings[i] * Margin;
        return any;
    }

    private double Keep(double milliseconds) => TimeConstant.Keep(milliseconds / TwoPoles, _sampleRate);

    private double Release(double allowed)
    {
        double keep = _keep.Next();
        _first = Math.Min(allowed, allowed + (keep * (_first - allowed)));
        _second = Math.Min(_first, _first + (keep * (_second - _first)));
        if (_second > Home && allowed == 1)
        {
            _first = 1;
            _second = 1;
        }

        return _second;
    }
}
