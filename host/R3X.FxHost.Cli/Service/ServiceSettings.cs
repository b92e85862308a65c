using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace R3X.FxHost.Cli.Service;

/// <summary>The settings that the unit starts the server with, as the server itself reads them, and its port.</summary>
internal static class ServiceSettings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Looks at them.</summary>
    public static IEnumerable<ServiceRow> Examine(UnitFile unit)
    {
        string[] command = [.. UnitFile.Words(unit.Text("ExecStart") ?? "")];
        if (command.Length == 0 || !File.Exists(command[0]))
            yield break;
        if (Read(unit, command, out string problem) is not { } settings)
        {
            yield return ServiceDoctor.Wrong("settings", problem,
                "correct what it names; r3x serve --settings shows all of them");
            yield break;
        }

        yield return problem.Length > 0
            ? ServiceDoctor.Wrong("settings", problem, "correct what it names; r3x presets check says more")
            : ServiceDoctor.Well("settings", $"{settings.Count}, of which "
            + $"{settings.Values.Count(static setting => setting.From != "default")} given");
        string address = settings["address"].Value;
        bool isOpen = address == "*" || (IPAddress.TryParse(address, out IPAddress? ip) && !IPAddress.IsLoopback(ip));
        yield return !isOpen ? ServiceDoctor.Well("token", $"{settings["token"].Value}; only this machine calls")
            : settings["token"].Value != "none" ? ServiceDoctor.Well("token", "set")
            : ServiceDoctor.Wrong("token", $"none, and {address} is reached from other machines",
                "openssl rand -hex 24 | sudo install -D -m 600 /dev/stdin /etc/r3x/token");
        string reached = isOpen && address != "*" ? address : "127.0.0.1";
        foreach (ServiceRow row in Port(reached, settings["port"].Value, settings["token"].Value != "none"))
            yield return row;
    }

    private static Dictionary<string, SettingValue>? Read(UnitFile unit, string[] command, out string problem)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], "--settings", "--json", "--log", "text"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach ((string name, string value) in unit.Environment)
            start.Environment[name] = value;
        // As systemd hands it over; whoever may not read the file sees at least that it is there.
        string? token = unit.All("LoadCredential").FirstOrDefault(
            static one => one.StartsWith("r3x-token:", StringComparison.Ordinal))?["r3x-token:".Length..];
        if (File.Exists(token))
            start.Environment["R3X_TOKEN"] = "hidden";
        try
        {
            using Process server = Process.Start(start)!;
            server.StandardInput.Close();
            var errors = server.StandardError.ReadToEndAsync();
            string said = server.StandardOutput.ReadToEnd();
            server.WaitForExit();
            problem = errors.GetAwaiter().GetResult().Trim().Split('\n')[0];
            return server.ExitCode == 0 ? Json.Read<Dictionary<string, SettingValue>>(said) : null;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            problem = $"{command[0]} cannot be started: {e.Message}";
            return null;
        }
    }

    private static IEnumerable<ServiceRow> Port(string address, string port, bool hasToken)
    {
        string where = $"{address}:{port}";
        int number = int.Parse(port, CultureInfo.InvariantCulture);
        if (!Answers(address, number))
        {
            yield return ServiceDoctor.Well("port", $"{where} is free; the server does not run");
            yield break;
        }

        if (Health(address, number) is not { } health)
        {
            yield return ServiceDoctor.Wrong("port", $"another program listens at {where}",
                "end it, or R3X_SERVE_PORT=7374 in /etc/r3x/r3x.env");
            yield break;
        }

        yield return ServiceDoctor.Well("port", $"the server answers at {where}: {health.Status}");
        if (hasToken && IsLetIn(address, number))
        {
            yield return ServiceDoctor.Wrong("token", "set, and the server that runs lets everybody in",
                "sudo systemctl restart r3x");
        }

        foreach (HealthProblem one in health.Problems)
            yield return ServiceDoctor.Wrong(one.Name, one.Message, one.Fix);
    }

    private static bool Answers(string address, int port)
    {
        using var client = new TcpClient();
        try
        {
            return client.ConnectAsync(address, port).Wait(Patience) && client.Connected;
        }
        catch (AggregateException)
        {
            return false;
        }
    }

    private static HealthListing? Health(string address, int port) =>
        Ask(address, port, "/health/ready") is { } answer ? Json.Read<HealthListing>(answer.Text) : null;

    private static bool IsLetIn(string address, int port) =>
        Ask(address, port, "/r3x") is { Status: HttpStatusCode.OK };

    private static (HttpStatusCode Status, string Text)? Ask(string address, int port, string path)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, new UriBuilder("http", address, port, path).Uri);
            using HttpResponseMessage answer = client.Send(request);
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            return (answer.StatusCode, reader.ReadToEnd());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}

/// <summary>A setting as <c>r3x serve --settings --json</c> prints it.</summary>
internal sealed record SettingValue(string Value, string From);

/// <summary>What <c>/health/ready</c> answers.</summary>
internal sealed record HealthListing(string Status, HealthProblem[] Problems);

/// <summary>Something that is not well with a server.</summary>
internal sealed record HealthProblem(string Name, string Status, string Message, string Fix);
