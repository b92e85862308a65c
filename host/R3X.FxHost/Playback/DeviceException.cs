using System;

namespace R3X.FxHost.Playback;

/// <summary>No loudspeaker, or not this one any more. The message names the device, the reason and what to
/// do.</summary>
public sealed class DeviceException : Exception
{
    /// <summary>Says what is wrong with a device.</summary>
    /// <param name="message">The device, the reason and what to do.</param>
    public DeviceException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with a device, and what brought it to light.</summary>
    /// <param name="message">The device, the reason and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DeviceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
