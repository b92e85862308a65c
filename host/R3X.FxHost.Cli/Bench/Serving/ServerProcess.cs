using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary><c>r3x serve</c> in a process of its own, as people run it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Said = "Listening on ";

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="service">The address of the speech service behind it.</param>
    /// <param name="options">Further options.</param>
    /// <exception cref="IOException">It ended at once.</exception>
    public ServerProcess(string service, IEnumerable<string> options)
    {
        (string program, string[] before) = TimedProgram.Self;
        var start = new ProcessStartInfo(program, [.. before, ServeVerb.Name, "--port", "0", "--wyoming-port", "off",
            "--openai", service, "--elevenlabs", "off", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        // Of callers who do not behave it warns, as it should.
        _errors = _process.StandardError.ReadToEndAsync();
        // This program may be told twice to stop, and then ends where it is.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndSafely();
        Address = ReadAddress();
        // What it says later must not fill the pipe.
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The processor time it has used, all cores together.</summary>
    public TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it holds, in MB.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private void End()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    private void EndSafely()
    {
        try
        {
            End();
        }
        catch (InvalidOperationException)
        {
            // It has been disposed.
        }
    }

    private IPEndPoint ReadAddress()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Said, StringComparison.Ordinal))
                return IPEndPoint.Parse(new Uri(line[Said.Length..]).Authority);
        }

        _process.WaitForExit();
        throw new IOException($"r3x serve ended with {_process.ExitCode} before it listened: {_errors.Result}");
    }
}
