using System;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Lights;

/// <summary>Turns levels into what lights get, one after the other. One thread at a time; allocates only when
/// made.</summary>
/// <param name="scale">The droid's scale.</param>
internal sealed class LightFollower(LightScale scale)
{
    private readonly LightScale _scale = scale ?? throw new ArgumentNullException(nameof(scale));

    // From 0, darkness, to 1; the whole sound, then the bands.
    private readonly double[] _brightness = new double[1 + SpeechBands.Count];

    /// <summary>Takes the next level.</summary>
    /// <param name="level">The level.</param>
    /// <returns>What the lights get. Behind the last line that is darkness, however long the release.</returns>
    public LightLevel Next(in SpeechLevel level)
    {
        if (level.Mark == LevelMark.Silence)
            Array.Clear(_brightness);
        bool isOpen = level.RmsDb >= _scale.GateDb;
        double milliseconds = level.Duration.TotalMilliseconds;
        Span<int> numbers = stackalloc int[_brightness.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            double rms = !isOpen ? 0 : i == 0 ? level.Rms : level.Bands[i - 1];
            double gain = i == 0 ? _scale.Gain : _scale.BandGain ?? (2 * _scale.Gain);
            numbers[i] = Number(_brightness[i] = Moved(_brightness[i], rms * gain, milliseconds));
        }

        return new LightLevel(numbers[0], numbers[1..]);
    }

    private double Moved(double brightness, double wanted, double milliseconds)
    {
        double target = Math.Min(1, wanted / Math.Max(1, Math.Abs(_scale.Highest - _scale.Lowest)));
        double step = target > brightness
            ? Step(milliseconds, _scale.AttackMilliseconds) : Step(milliseconds, _scale.ReleaseMilliseconds);
        return target > brightness ? Math.Min(target, brightness + step) : Math.Max(target, brightness - step);
    }

    private static double Step(double milliseconds, double whole) => whole <= 0 ? 1 : milliseconds / whole;

    private int Number(double brightness) =>
        _scale.Lowest + (int)Math.Round(
            (_scale.Highest - _scale.Lowest) * Math.Pow(brightness, _scale.Gamma), MidpointRounding.AwayFromZero);
}
