using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Nats;

/// <summary>A real NATS server with JetStream, on a free port of this machine, that keeps its files until it is
/// disposed: it can be stopped, killed and started again.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "Killing it disposes it.")]
internal sealed class NatsServer : IAsyncDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("r3x-nats-");
    private readonly int _port = FreePort.Next();
    private readonly bool _hasJetStream;
    private Process? _process;

    private NatsServer(bool hasJetStream) => _hasJetStream = hasJetStream;

    /// <summary>Where it listens.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{_port}");

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="jetStream">Whether with JetStream.</param>
    public static async Task<NatsServer> StartAsync(bool jetStream = true)
    {
        var server = new NatsServer(jetStream);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it anew with the files it has, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        // Debian keeps servers where users do not look.
        string program = File.Exists("/usr/sbin/nats-server") ? "/usr/sbin/nats-server" : "nats-server";
        ProcessStartInfo start = R3xProcess.Command(null, program,
            [.. _hasJetStream ? ["--jetstream"] : Array.Empty<string>(), "--store_dir", _files.FullName,
                "--addr", "127.0.0.1",
                "--port", _port.ToString(CultureInfo.InvariantCulture), "--log", Path.Combine(_files.FullName, "log")]);
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        while (!await FreePort.IsTakenAsync(_port))
        {
            if (_process.HasExited)
                throw new InvalidOperationException(
                    "nats-server ended: " + await File.ReadAllTextAsync(Path.Combine(_files.FullName, "log")));
            await Task.Delay(20);
        }
    }

    /// <summary>Ends it at once, as a failure would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _files.Delete(recursive: true);
    }
}
