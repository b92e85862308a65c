using System;

namespace R3X.FxHost.Queue;

/// <summary>A moment on the device's clock.</summary>
/// <param name="DeviceTime">How much sound the device had played by then, since it was opened.</param>
/// <param name="Timestamp">The same moment as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts, or the clock of <see cref="Playback.OutputDeviceOptions.Time"/> where that is another.</param>
public readonly record struct UtteranceMoment(TimeSpan DeviceTime, long Timestamp);
