using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Server;

/// <summary>The built server as a process, on free ports of loopback, silent unless told otherwise.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Listening on ";
    private const string Wyoming = "Wyoming on ";

    private readonly R3xProcess _process;

    private ServerProcess(R3xProcess process, string address)
    {
        _process = process;
        Address = address;
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>The program the build made.</summary>
    public static string Program { get; } = Repository.PathOf(
        "artifacts", "bin", "R3X.FxHost.Server", "release", OperatingSystem.IsWindows() ? "r3x-serve.exe" : "r3x-serve");

    /// <summary>Where it listens, without a path: <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    /// <summary>Where its Wyoming service listens; 0 where it has none.</summary>
    public int WyomingPort { get; private set; }

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="arguments">Options; <c>--port 0</c> and the silent loudspeaker are given unless they are among
    /// them.</param>
    public static Task<ServerProcess> StartAsync(params string[] arguments) => StartAsync(null, arguments);

    /// <inheritdoc cref="StartAsync(string[])"/>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">Options.</param>
    public static async Task<ServerProcess> StartAsync(
        IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        List<string> all = [.. arguments];
        foreach ((string option, string value) in
            ((string, string)[])[("--port", "0"), ("--wyoming-port", "off"), ("--device", "null")])
        {
            if (!all.Contains(option))
                all.AddRange([option, value]);
        }

        ProcessStartInfo start = R3xProcess.Command(null, Program, [.. all]);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = R3xProcess.Start(start, collectOutput: false);
        // Not disposed with this: it belongs to the process.
        var output = new StreamReader(process.Output);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        int wyoming = 0;
        string? line;
        while ((line = await output.ReadLineAsync(limit.Token)) is not null)
        {
            if (line.StartsWith(Wyoming, StringComparison.Ordinal))
                wyoming = new Uri(line[Wyoming.Length..]).Port;
            if (line.StartsWith(Listening, StringComparison.Ordinal))
                return new ServerProcess(process, line[Listening.Length..]) { WyomingPort = wyoming };
        }

        R3xRun run = await process.EndAsync();
        process.Dispose();
        throw new InvalidOperationException($"The server ended with {run.ExitCode}: {run.Errors}");
    }

    /// <summary>Sends it a signal and waits for its end.</summary>
    /// <param name="signal">Such as 15, SIGTERM.</param>
    public Task<R3xRun> StopAsync(int signal)
    {
        _process.Signal(signal);
        return _process.EndAsync();
    }

    /// <summary>Kills it where it is.</summary>
    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
