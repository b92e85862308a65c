using System;

namespace R3X.FxHost.Playout;

/// <summary>A moment of playback, on the device's clock and on the host's.</summary>
/// <param name="Frame">The device's frame that is heard, counted from the first one a device was given.</param>
/// <param name="DeviceTime">How much sound the device had played by then, since it was opened.</param>
/// <param name="Timestamp">
/// The same moment as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts, or the clock of
/// <see cref="Playback.OutputDeviceOptions.Time"/> where that is another.
/// </param>
public readonly record struct PlaybackMoment(long Frame, TimeSpan DeviceTime, long Timestamp);
