using System;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Playback;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x devices</c>: the loudspeakers there are.</summary>
internal static class DevicesVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "devices", $"Lists the loudspeakers that play --device and host.yaml can name, and how much sound each "
            + $"holds besides the {OutputDeviceOptions.Default.BufferMilliseconds} ms the host keeps before it.",
            "r3x devices", "r3x devices --json");
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        verb.Options.Add(json);
        verb.Does(parsed =>
        {
            OutputDeviceInfo[] devices = [.. OutputDevices.List()];
            if (parsed.GetValue(json))
                Json.Write(devices.Select(DeviceRow.Of).ToArray());
            else
                Print(devices);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(OutputDeviceInfo[] devices)
    {
        var table = new Listing("name", "description", "through", "format", "holds");
        foreach (OutputDeviceInfo device in devices)
            table.Add(device.IsDefault ? device.Name + " (default)" : device.Name, device.Description, device.Backend,
                device.Format.ToString(), device.Latency > TimeSpan.Zero
                ? $"{device.Latency.TotalMilliseconds:0.#} ms" : "");
        table.Add("null", "Silence, at the pace of a loudspeaker", "built in", "the line's", "");
        table.Add("file:PATH", "A WAV file of what would be heard", "built in", "the line's", "");
        table.Write();
        if (devices.Length == 0)
            Console.Out.WriteLine(
                "No loudspeaker was found; r3x doctor says what is missing. Rendering to files works without.");
    }
}
