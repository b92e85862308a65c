using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// Which loudspeaker gets which channel of a line. Device channels 0 and 1 are front left and front right: every device
/// here is opened so.
/// </summary>
internal static class ChannelMap
{
    /// <summary>
    /// Lays a line out over a device's channels: mono goes to both front loudspeakers, anything to a mono device is
    /// averaged, channels the device has more than two of stay silent.
    /// </summary>
    /// <param name="line">The line's channels.</param>
    /// <param name="device">The device's channels, as many frames; not the same memory.</param>
    public static void Apply(AudioBlock line, AudioBlock device)
    {
        if (line.Frames != device.Frames)
            throw new ArgumentException(
                $"A block of {line.Frames} frames does not fill one of {device.Frames}.", nameof(device));
        if (device.Channels == 1)
        {
            Average(line, device[0]);
            return;
        }

        line[0].CopyTo(device[0]);
        line[line.Channels == 1 ? 0 : 1].CopyTo(device[1]);
        for (int channel = 2; channel < device.Channels; channel++)
            device[channel].Clear();
    }

    private static void Average(AudioBlock line, Span<float> mono)
    {
        line[0].CopyTo(mono);
        if (line.Channels == 1)
            return;
        for (int channel = 1; channel < line.Channels; channel++)
        {
            ReadOnlySpan<float> more = line[channel];
            for (int i = 0; i < mono.Length; i++)
                mono[i] += more[i];
        }

        float share = 1f / line.Channels;
        for (int i = 0; i < mono.Length; i++)
            mono[i] *= share;
    }
}
