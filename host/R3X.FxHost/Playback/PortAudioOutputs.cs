using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>One device PortAudio can play on.</summary>
/// <param name="Index">PortAudio's number for it, good while the library is in use.</param>
/// <param name="Name">Its name.</param>
/// <param name="HostName">The system's interface it was found through, as "ALSA" or "Core Audio".</param>
/// <param name="Format">Its default rate; two channels where it has them.</param>
/// <param name="MaximumChannels">All channels it has.</param>
/// <param name="IsDefault">Whether it is that interface's default.</param>
/// <param name="Latency">What it usually holds when little is asked for.</param>
internal sealed record PortAudioOutput(
    int Index, string Name, string HostName, AudioFormat Format, int MaximumChannels, bool IsDefault, TimeSpan Latency);

/// <summary>The loudspeakers PortAudio finds, through the one of the system's interfaces that suits speech
/// best.</summary>
internal static unsafe class PortAudioOutputs
{
    // PaHostApiTypeId: CoreAudio; ALSA, JACK, OSS. A device shows up once per interface.
    private static readonly int[] Preferred = OperatingSystem.IsMacOS() ? [5] : [8, 12, 7];

    /// <summary>Lists them, the default first.</summary>
    /// <param name="audio">The library in use.</param>
    public static IReadOnlyList<PortAudioOutput> List(PortAudio audio)
    {
        List<PortAudioOutput> best = [];
        int bestRank = int.MaxValue;
        for (int host = 0; host < audio.HostCount(); host++)
        {
            PortAudioHost* info = audio.Host(host);
            if (info == null)
                continue;
            int rank = Array.IndexOf(Preferred, info->Type);
            rank = rank < 0 ? Preferred.Length : rank;
            List<PortAudioOutput> found = rank < bestRank ? Of(audio, host, info) : [];
            if (found.Count > 0)
                (best, bestRank) = (found, rank);
        }

        return best;
    }

    private static List<PortAudioOutput> Of(PortAudio audio, int host, PortAudioHost* info)
    {
        string hostName = Marshal.PtrToStringUTF8(info->Name) ?? "PortAudio";
        List<PortAudioOutput> found = [];
        for (int index = 0; index < audio.DeviceCount(); index++)
        {
            PortAudioDeviceInfo* device = audio.Device(index);
            if (device == null || device->Host != host || device->OutputChannels < 1)
                continue;
            int rate = (int)Math.Clamp(
                device->SampleRate, AudioFormat.MinimumSampleRate, AudioFormat.MaximumSampleRate);
            var format = new AudioFormat(rate, Math.Min(2, device->OutputChannels));
            string name = Marshal.PtrToStringUTF8(device->Name) ?? $"device {index}";
            bool isDefault = index == info->DefaultOutput;
            found.Insert(isDefault ? 0 : found.Count, new PortAudioOutput(index, name, hostName, format,
                device->OutputChannels, isDefault, TimeSpan.FromSeconds(device->LowOutputLatency)));
        }

        return found;
    }
}
