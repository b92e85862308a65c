using System;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// Decides whether a gate is open and moves its gain there. It opens at the threshold and closes at half of it: 6 dB of
/// hysteresis. The level is a peak that falls with a time constant of 20 ms, so that no period of a voice down to 72 Hz
/// closes it.
/// </summary>
/// <param name="sampleRate">Frames per second.</param>
internal sealed class GateEnvelope(double sampleRate)
{
    private const double Hysteresis = 0.5;
    private const double FallMilliseconds = 20;

    // This close to open or closed (-120 dB) it is: an open gate then returns the input bit for bit.
    private const double Near = 1e-6;

    private readonly double _fall = TimeConstant.Keep(FallMilliseconds, sampleRate);
    private double _level;
    private double _opening;
    private int _held;
    private bool _isOpen;

    /// <summary>Turns the peaks of frames into factors, in place.</summary>
    public void Process(Span<float> values, in GateSettings settings)
    {
        double open = settings.Open, close = open * Hysteresis;
        double attack = settings.Attack, release = settings.Release, floor = settings.Floor, height = 1 - floor;
        double level = _level, opening = _opening;
        int held = Math.Min(_held, settings.HoldFrames);
        bool isOpen = _isOpen;
        foreach (ref float value in values)
        {
            level = Math.Max(value, level * _fall);
            if (level >= open)
                isOpen = true;
            if (isOpen && level >= close)
                held = settings.HoldFrames;
            else if (held > 0)
                held--;
            else
                isOpen = false;

            opening = isOpen ? 1 - ((1 - opening) * attack) : opening * release;
            if (opening < Near && !isOpen)
                opening = 0;
            else if (opening > 1 - Near && isOpen)
                opening = 1;
            value = (float)(floor + (height * opening));
        }

        (_level, _opening, _held, _isOpen) = (level, opening, held, isOpen);
    }

    /// <summary>Sets a level that has decayed to 0.</summary>
    public void Flush() => _level = Denormal.Flush(_level);

    /// <summary>Closes, having heard nothing.</summary>
    public void Clear() => (_level, _opening, _held, _isOpen) = (0, 0, 0, false);
}
