using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Server;

/// <summary>The built server as a process, on free ports, with a loudspeaker that is silent and no speech service
/// behind it unless told otherwise.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly List<string> _errors = [];
    private readonly List<Uri> _addresses = [];
    private readonly TaskCompletionSource<Uri> _http = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _wyoming = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Said(line.Data);
        _process.ErrorDataReceived += (_, line) => Complained(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program that <c>build.sh</c> made, as people get it.</summary>
    public static string Program { get; } = Repository.PathOf(
        "artifacts", "r3x", OperatingSystem.IsWindows() ? "r3x-serve.exe" : "r3x-serve");

    /// <summary>Asks it. Nothing is timed out: lines take their time.</summary>
    public HttpClient Client { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>Where it listens without TLS.</summary>
    public Uri Address => _http.Task.Result;

    /// <summary>The addresses at which it has said that it listens.</summary>
    public IReadOnlyList<Uri> Addresses
    {
        get
        {
            lock (_errors)
                return [.. _addresses];
        }
    }

    /// <summary>What it wrote to standard output.</summary>
    public string Output
    {
        get
        {
            lock (_errors)
                return string.Join('\n', _said);
        }
    }

    /// <summary>Where its Wyoming service listens; waits until it says so.</summary>
    public Uri Wyoming => _wyoming.Task.WaitAsync(HangLimit).Result;

    /// <summary>What it wrote to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return string.Join('\n', _errors);
        }
    }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="arguments">Options of <c>r3x serve</c>.</param>
    public static Task<ServerProcess> StartAsync(params string[] arguments) => StartAsync([], arguments);

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="environment">Variables of its environment.</param>
    /// <param name="arguments">Options of <c>r3x serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(
        Dictionary<string, string> environment, params string[] arguments)
    {
        string[] given = [.. Usual(arguments, "--port", "0"), .. Usual(arguments, "--wyoming-port", "0"),
            .. Usual(arguments, "--device", "null"), .. Usual(arguments, "--openai", "off"),
            .. Usual(arguments, "--elevenlabs", "off"), .. Usual(arguments, "--wyoming", "off"), .. arguments];
        ProcessStartInfo start = R3xProcess.Command(null, "env", ["--default-signal=INT", Program, .. given]);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        var server = new ServerProcess(start);
        try
        {
            server.Client.BaseAddress = await server._http.Task.WaitAsync(HangLimit);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => R3xProcess.Signal(_process.Id, signal);

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(HangLimit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string[] Usual(string[] arguments, string option, string value) =>
        arguments.Contains(option) ? [] : [option, value];

    private void Said(string? line)
    {
        const string Http = "Listening on ";
        const string Tcp = "Wyoming on ";
        lock (_errors)
        {
            if (line is not null)
                _said.Add(line);
            if (line?.StartsWith(Http, StringComparison.Ordinal) == true)
                _addresses.Add(new Uri(line[Http.Length..]));
        }

        if (line is null)
        {
            var gone = new InvalidOperationException("The server ended: " + Errors);
            _http.TrySetException(gone);
            _wyoming.TrySetException(gone);
        }
        else if (line.StartsWith(Http + "http:", StringComparison.Ordinal))
        {
            _http.TrySetResult(new Uri(line[Http.Length..]));
        }
        else if (line.StartsWith(Tcp, StringComparison.Ordinal))
        {
            _wyoming.TrySetResult(new Uri(line[Tcp.Length..]));
        }
    }

    private void Complained(string? line)
    {
        lock (_errors)
        {
            if (line is not null)
                _errors.Add(line);
        }
    }
}
