using System;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Playback;
using Spectre.Console;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x devices</c>: the loudspeakers there are.</summary>
internal static class DevicesVerb
{
    public static Command Create()
    {
        var verb = new Verb("devices", "Lists the loudspeakers that play --device and host.yaml can name.", "r3x devices", "r3x devices --json");
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
        Table table = Listing.Table("name", "description", "through", "format");
        foreach (OutputDeviceInfo device in devices)
            table.AddRow(Listing.Cell(device.IsDefault ? device.Name + " (default)" : device.Name), Listing.Cell(device.Description), Listing.Cell(device.Backend), Listing.Cell(device.Format.ToString()));
        table.AddRow(Listing.Cell("null"), Listing.Cell("Silence, at the pace of a loudspeaker"), Listing.Cell("built in"), Listing.Cell("the line's"));
        table.AddRow(Listing.Cell("file:PATH"), Listing.Cell("A WAV file of what would be heard"), Listing.Cell("built in"), Listing.Cell("the line's"));
        AnsiConsole.Write(table);
        if (devices.Length == 0)
            Console.Out.WriteLine("No loudspeaker was found; r3x doctor says what is missing. Rendering to files works without.");
    }
}
