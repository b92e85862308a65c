using System;

namespace R3X.FxHost.Playback;

/// <summary>A device that may be gone for a while and keeps what was written for the next one: until then nothing is
/// heard. Writer's thread.</summary>
internal interface IHolding
{
    /// <summary>Whether it is gone, and what was not heard waits.</summary>
    bool IsHolding { get; }

    /// <summary>
    /// Called when that has changed, within the call that found it: the frame that is heard next, counted as
    /// <see cref="DeviceChange.Frame"/> is. Must not call the device.
    /// </summary>
    Action<long>? HoldingChanged { get; set; }
}
