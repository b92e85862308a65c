using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Cli.Service;

/// <summary>Whether the unit's user reaches a loudspeaker. Sound servers belong to whoever has logged in, and a service
/// of the system is somebody else.</summary>
internal static class Loudspeakers
{
    private const string Name = "loudspeaker";
    private const string Unix = "unix:";

    /// <summary>Looks for one.</summary>
    public static ServiceRow Examine(UnitFile unit)
    {
        string[] command = [.. UnitFile.Words(unit.Text("ExecStart") ?? "")];
        int at = Array.IndexOf(command, "--device");
        string? device = at >= 0 && at + 1 < command.Length ? command[at + 1]
            : unit.Environment.GetValueOrDefault("R3X_SERVE_DEVICE");
        if (device == "null" || device?.StartsWith("file:", StringComparison.Ordinal) == true)
            return ServiceDoctor.Well(Name, $"none is wanted ({device})");
        if (ServerOf(unit) is { } socket)
        {
            return !socket.StartsWith('/') || File.Exists(socket)
                ? ServiceDoctor.Well(Name, $"the sound server at {socket}")
                : ServiceDoctor.Wrong(Name, $"no sound server listens at {socket}",
                    "start PipeWire or PulseAudio for that user: sudo loginctl enable-linger USER");
        }

        if (File.Exists("/run/pulse/native"))
            return ServiceDoctor.Well(Name, "the system's sound server");
        string? owned = Directory.Exists("/run/user") ? Directory.GetDirectories("/run/user").FirstOrDefault(
            static folder => File.Exists(folder + "/pulse/native") || File.Exists(folder + "/pipewire-0")) : null;
        if (owned is not null)
        {
            return ServiceDoctor.Wrong(Name, $"the sound server in {owned} has it, and lets only its own user in",
                $"run as that user: sudo systemctl edit r3x: [Service] DynamicUser=no User=NAME PrivateUsers=no "
                + $"Environment=XDG_RUNTIME_DIR={owned}");
        }

        bool isThere = Directory.Exists("/dev/snd") && Directory.GetFiles("/dev/snd", "pcm*p").Length > 0;
        if (!isThere)
        {
            return ServiceDoctor.Wrong(Name, "there is none",
                "connect one; for a server that only answers: R3X_SERVE_DEVICE=null in /etc/r3x/r3x.env");
        }

        return unit.Text("User") == "root" || unit.All("SupplementaryGroups").Any(static groups => groups.Split(' ')
            .Contains("audio")) || (unit.Text("Group") == "audio")
            ? ServiceDoctor.Well(Name, "through ALSA, by the group audio")
            : ServiceDoctor.Wrong(Name, "its user is not in the group audio",
                "sudo systemctl edit r3x: [Service] SupplementaryGroups=audio");
    }

    private static string? ServerOf(UnitFile unit)
    {
        if (unit.Environment.GetValueOrDefault("PULSE_SERVER") is { Length: > 0 } server)
            return server.StartsWith(Unix, StringComparison.Ordinal) ? server[Unix.Length..] : server;
        return unit.Environment.GetValueOrDefault("XDG_RUNTIME_DIR") is { Length: > 0 } folder
            ? folder + "/pulse/native" : null;
    }
}
