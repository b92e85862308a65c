using System;

namespace R3X.FxHost.Playout;

/// <summary>A moment on the device's clock.</summary>
/// <param name="Frame">The device's frame that is heard.</param>
/// <param name="DeviceTime">How much sound the device had played by then.</param>
/// <param name="Timestamp">The moment, as the host's clock counts: Stopwatch's timestamps, unless OutputDeviceOptions.Time is another.</param>
internal readonly record struct HeardMoment(long Frame, TimeSpan DeviceTime, long Timestamp);
