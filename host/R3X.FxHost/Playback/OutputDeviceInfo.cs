using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>A loudspeaker that can be opened.</summary>
/// <param name="Name">What <see cref="OutputDevices.Open"/> takes.</param>
/// <param name="Description">What people call it.</param>
/// <param name="Backend">Who plays: <c>PulseAudio</c>, <c>WASAPI</c>, or <c>PortAudio</c> with the system's interface
/// in brackets.</param>
/// <param name="Format">The rate and channels it is opened with: its own, so that nothing is resampled behind the
/// host's back.</param>
/// <param name="IsDefault">Whether <c>default</c> opens it.</param>
public sealed record OutputDeviceInfo(
    string Name, string Description, string Backend, AudioFormat Format, bool IsDefault)
{
    /// <summary>
    /// How much sound it holds itself, behind the host's buffer: what it is set to now, or usually. Zero when nobody
    /// knows before somebody plays; then <see cref="IOutputDevice.Latency"/> says it.
    /// </summary>
    public TimeSpan Latency { get; init; }
}
