using System;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking.Playout;

/// <summary>Volume and mute, changed from any thread, followed by the loudspeaker's thread within 10 ms and without a click.</summary>
internal sealed class VolumeControl
{
    private readonly GainRamp _ramp = new();
    private double _volumeDb;
    private int _muted;

    /// <summary>Volume in dB; 0 leaves the line as it is.</summary>
    public double VolumeDb
    {
        get => Volatile.Read(ref _volumeDb);
        set => Volatile.Write(ref _volumeDb, value);
    }

    public bool Muted
    {
        get => Volatile.Read(ref _muted) != 0;
        set => Volatile.Write(ref _muted, value ? 1 : 0);
    }

    /// <summary>The factor it stands for.</summary>
    public float Gain => Muted ? 0 : (float)Math.Pow(10, VolumeDb / 20);

    /// <summary>Applies the volume to a block in place; the first line starts at the volume that was set before it. Loudspeaker's thread.</summary>
    public void Apply(AudioBlock block, int sampleRate) => _ramp.Apply(block, Gain, sampleRate);
}
