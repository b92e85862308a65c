using System;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking.Playout;

/// <summary>Volume and mute, changed from any thread, followed by the loudspeaker's thread within 10 ms and without a click.</summary>
internal sealed class VolumeControl
{
    private double _volumeDb;
    private int _muted;
    private float? _gain;

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

    /// <summary>Applies the volume to a block in place. Loudspeaker's thread.</summary>
    public void Apply(AudioBlock block, int sampleRate)
    {
        float target = Muted ? 0 : (float)Math.Pow(10, VolumeDb / 20);
        // The first line starts at the volume that was set before it.
        float start = _gain ??= target;
        float gain = start;
        if (gain == target && target == 1)
            return;
        float step = 1f / (0.01f * sampleRate);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            gain = start;
            foreach (ref float sample in block[channel])
            {
                gain = gain < target ? Math.Min(target, gain + step) : Math.Max(target, gain - step);
                sample *= gain;
            }
        }

        _gain = gain;
    }
}
