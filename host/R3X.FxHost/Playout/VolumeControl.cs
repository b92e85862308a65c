using System;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// Volume and mute, changed from any thread, followed by the loudspeaker's thread within 10 ms and without a click.
/// Lines that are turned up stay below a limiter's ceiling.
/// </summary>
internal sealed class VolumeControl
{
    /// <summary>The most a line can be turned up by, in dB.</summary>
    public const double MostDb = 12;

    // -2 dBFS: what lies between samples stays below a limiter's usual -1 dBTP.
    private const float CeilingTurnedUp = 0.79f;

    private readonly GainRamp _ramp = new();
    private (MixLimiter Ceiling, int SampleRate) _ceiling;
    private double _volumeDb;
    private int _muted;

    /// <summary>Volume in dB, at most <see cref="MostDb"/>; 0 leaves the line as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is more, or not a number.</exception>
    public double VolumeDb
    {
        get => Volatile.Read(ref _volumeDb);
        set
        {
            if (!(value <= MostDb))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"A volume of {value} dB: it is {MostDb} dB at most.");
            }

            Volatile.Write(ref _volumeDb, value);
        }
    }

    public bool Muted
    {
        get => Volatile.Read(ref _muted) != 0;
        set => Volatile.Write(ref _muted, value ? 1 : 0);
    }

    /// <summary>The factor it stands for.</summary>
    public float Gain => Muted ? 0 : (float)Math.Pow(10, VolumeDb / 20);

    /// <summary>Applies the volume to a block in place; the first line starts at the volume that was set before it.
    /// Loudspeaker's thread.</summary>
    public void Apply(AudioBlock block, int sampleRate)
    {
        float gain = Gain;
        bool isTurnedUp = gain > 1 || _ramp.Gain > 1;
        _ramp.Apply(block, gain, sampleRate);
        if (isTurnedUp && _ceiling.SampleRate != sampleRate)
            _ceiling = (new MixLimiter(sampleRate, CeilingTurnedUp), sampleRate);
        _ceiling.Ceiling?.Apply(block, isTurnedUp);
    }
}
