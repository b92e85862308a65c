using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NAudio.CoreAudioApi;
using NAudio.Wave;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>One loudspeaker Windows can play on.</summary>
/// <param name="Id">Windows' own name for it, which nothing else has.</param>
/// <param name="Name">What Windows' settings call it.</param>
/// <param name="Format">Its rate; two channels where it has them: Windows lays them out over the others.</param>
/// <param name="IsDefault">Whether it is the one of programs that choose none.</param>
internal sealed record WasapiOutput(string Id, string Name, AudioFormat Format, bool IsDefault)
{
    /// <summary>Lists them, the default first.</summary>
    /// <exception cref="DeviceException">Windows' audio service does not answer.</exception>
    [SupportedOSPlatform("windows")]
    public static IReadOnlyList<WasapiOutput> List()
    {
        try
        {
            using var enumerator = new MMDeviceEnumerator();
            string? standard = null;
            if (enumerator.TryGetDefaultAudioEndpoint(DataFlow.Render, Role.Console, out MMDevice? device))
            {
                using (device)
                    standard = device.ID;
            }

            List<WasapiOutput> found = [];
            using MMDeviceCollection devices = enumerator.EnumerateAudioEndPoints(DataFlow.Render, DeviceState.Active);
            foreach (MMDevice output in devices)
            {
                using (output)
                {
                    if (Describe(output, standard) is { } described)
                        found.Insert(described.IsDefault ? 0 : found.Count, described);
                }
            }

            return found;
        }
        catch (COMException e)
        {
            throw new DeviceException(Reason(e), e);
        }
    }

    /// <summary>What Windows says, without the full stop.</summary>
    public static string Reason(COMException e) => $"Windows says {e.Message.TrimEnd('.')}";

    [SupportedOSPlatform("windows")]
    private static WasapiOutput? Describe(MMDevice device, string? standard)
    {
        try
        {
            using AudioClient client = device.CreateAudioClient();
            WaveFormat mix = client.MixFormat;
            int rate = Math.Clamp(mix.SampleRate, AudioFormat.MinimumSampleRate, AudioFormat.MaximumSampleRate);
            var format = new AudioFormat(rate, Math.Min(2, mix.Channels));
            return new WasapiOutput(device.ID, device.FriendlyName, format, device.ID == standard);
        }
        catch (COMException)
        {
            // It went while it was looked at.
            return null;
        }
    }
}
