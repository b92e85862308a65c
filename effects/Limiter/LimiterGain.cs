using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// From peaks to reductions: what each peak asks to be taken away, the most of that over look-ahead and hold, a release
/// in two stages that only ever falls, a fade. A reduction is 1 - gain, so that nothing is exactly 0 and the way back
/// to it keeps its digits. Every reduction is at least what each peak in reach asks for.
/// </summary>
internal sealed class LimiterGain
{
    /// <summary>
    /// Aiming 0.08 dB inside the ceiling pays for what the waveform rises between the detector's points, and still
    /// leaves alone what is 0.1 dB below the ceiling.
    /// </summary>
    public const float Margin = 0.99083f;

    // Two equal one-poles in a row have gone 63 % of the way after 2.146 of one's time constants.
    private const double TwoPoles = 2.146;

    // A reduction this small changes no sample, nor did one a fade ago.
    private const float Negligible = 5e-9f;

    // An attack too short to be one: the release is all that is wanted of the followers.
    private const double NoAttack = 1e-9;

    private readonly MovingMaximum _most;
    private readonly EnvelopeFollower _first;
    private readonly EnvelopeFollower _second;
    private readonly FirFilter _fade;
    private readonly float[] _nothing = new float[SegmentedEffect.SegmentFrames];
    private bool _isActive;
    private bool _isOver;

    public LimiterGain(LimiterLengths lengths, double sampleRate)
    {
        _most = new MovingMaximum(lengths.Window);
        _first = new EnvelopeFollower(sampleRate);
        _second = new EnvelopeFollower(sampleRate);
        _fade = new FirFilter(FadeShape.Of(lengths.Fade));
    }

    /// <summary>Whether the release is on its way to a new value.</summary>
    public bool IsMoving => _first.IsMoving;

    /// <summary>Whether there may be a reduction without a new peak.</summary>
    public bool IsActive => _isActive || IsMoving;

    /// <summary>Sets the release at once.</summary>
    public void JumpRelease(double milliseconds)
    {
        _first.JumpTo(NoAttack, milliseconds / TwoPoles);
        _second.JumpTo(NoAttack, milliseconds / TwoPoles);
    }

    /// <summary>Starts towards a new release.</summary>
    public void RampRelease(double milliseconds)
    {
        _first.RampTo(NoAttack, milliseconds / TwoPoles);
        _second.RampTo(NoAttack, milliseconds / TwoPoles);
    }

    /// <summary>Turns peaks into reductions, in place.</summary>
    /// <param name="peaks">In: peaks. Out: reductions, if there is anything to do.</param>
    /// <param name="ceilings">The ceiling at every frame.</param>
    /// <param name="position">Where in the segment the first frame is.</param>
    /// <returns>False when all reductions are 0.</returns>
    public bool Process(Span<float> peaks, ReadOnlySpan<float> ceilings, int position)
    {
        bool any = false;
        for (int i = 0; i < peaks.Length; i++)
        {
            float ceiling = ceilings[i] * Margin;
            peaks[i] = 1 - (ceiling / Math.Max(peaks[i], ceiling));
            any |= peaks[i] > 0;
        }

        if (!any && !IsActive)
            return false;
        if (!_isActive)
        {
            // The followers work in cells that lie on the line; what they missed was nothing.
            _isActive = true;
            _first.Process(_nothing.AsSpan(0, position));
            _second.Process(_nothing.AsSpan(0, position));
        }

        _most.Process(peaks);
        _isOver = peaks[^1] == 0;
        _first.Process(peaks);
        _second.Process(peaks);
        _isOver &= peaks[^1] < Negligible;
        _fade.Process(peaks);
        return true;
    }

    /// <summary>At the end of a segment: rests where nothing is left to do.</summary>
    public void Settle()
    {
        if (_isActive && _isOver)
            Clear();
    }

    /// <summary>Forgets everything but the release.</summary>
    public void Clear()
    {
        _most.Clear();
        _first.Clear();
        _second.Clear();
        _fade.Clear();
        _isActive = false;
    }

    /// <summary>Reduces, and cuts what rounding may have left above the ceiling.</summary>
    public static void Apply(ReadOnlySpan<float> input, ReadOnlySpan<float> reductions, ReadOnlySpan<float> ceilings,
        Span<float> output)
    {
        int whole = input.Length & -Vector256<float>.Count;
        ref float from = ref MemoryMarshal.GetReference(input);
        ref float reduction = ref MemoryMarshal.GetReference(reductions[..input.Length]);
        ref float ceiling = ref MemoryMarshal.GetReference(ceilings[..input.Length]);
        ref float to = ref MemoryMarshal.GetReference(output[..input.Length]);
        for (int i = 0; i < whole; i += Vector256<float>.Count)
        {
            var limit = Vector256.LoadUnsafe(ref ceiling, (nuint)i);
            var y = Vector256.LoadUnsafe(ref from, (nuint)i)
                * (Vector256<float>.One - Vector256.LoadUnsafe(ref reduction, (nuint)i));
            Vector256.MinNative(Vector256.MaxNative(y, -limit), limit).StoreUnsafe(ref to, (nuint)i);
        }

        for (int i = whole; i < input.Length; i++)
            Unsafe.Add(ref to, i) = Math.Clamp(input[i] * (1 - reductions[i]), -ceilings[i], ceilings[i]);
    }
}
