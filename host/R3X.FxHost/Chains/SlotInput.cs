using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// Memory for what one slot at a time was given: its latency's frames of history and a block. Allocates only while slots are
/// prepared.
/// </summary>
internal sealed class SlotInput(ChainSetup setup)
{
    private AudioBuffer _memory = new(setup.Format.Channels, setup.MaxFrames);

    /// <summary>One channel's memory.</summary>
    public Span<float> this[int channel] => _memory[channel];

    /// <summary>Makes room for a slot.</summary>
    /// <param name="latencyFrames">Its latency.</param>
    public void Reserve(int latencyFrames)
    {
        if (_memory.Frames < latencyFrames + setup.MaxFrames)
            _memory = new AudioBuffer(setup.Format.Channels, latencyFrames + setup.MaxFrames);
    }
}
