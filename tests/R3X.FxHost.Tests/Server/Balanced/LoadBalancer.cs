using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Server.Balanced;

/// <summary>A real load balancer with a configuration of <c>deploy/</c>, its addresses replaced by this
/// machine's.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "Killing it disposes it.")]
internal sealed class LoadBalancer : IAsyncDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("r3x-balancer-");
    private readonly Process _process;

    private LoadBalancer(string program, IReadOnlyList<int> servers, int wyoming)
    {
        int port = FreePort.Next();
        WyomingPort = FreePort.Next();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        string configuration = Path.Combine(_files.FullName, "configuration");
        string[] arguments = program == "nginx"
            ? ["-c", configuration, "-e", "stderr", "-g", $"daemon off; pid {configuration}.pid;"]
            : ["-f", configuration];
        string text = File.ReadAllText(
            Repository.PathOf("deploy", program == "nginx" ? "nginx.conf" : "haproxy.cfg"));
        foreach ((string written, string here) in (ReadOnlySpan<(string, string)>)
        [
            ("listen 7373;", $"listen 127.0.0.1:{port};"), ("bind :7373", $"bind 127.0.0.1:{port}"),
            ("10.0.0.11:7373", $"127.0.0.1:{servers[0]}"), ("10.0.0.12:7373", $"127.0.0.1:{servers[1]}"),
            ("bind :10210", $"bind 127.0.0.1:{WyomingPort}"),
            ("10.0.0.11:10210", $"127.0.0.1:{wyoming}"), ("10.0.0.12:10210", $"127.0.0.1:{wyoming}"),
            ("/var/log/nginx/r3x.log", Path.Combine(_files.FullName, "lines.log")),
        ])
            text = text.Replace(written, here, StringComparison.Ordinal);
        File.WriteAllText(configuration, text);
        // Debian keeps servers where users do not look.
        string path = $"/usr/sbin/{program}";
        _process = Process.Start(R3xProcess.Command(null, File.Exists(path) ? path : program, arguments))!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it is asked.</summary>
    public Uri Address { get; }

    /// <summary>Where HAProxy takes Wyoming's connections.</summary>
    public int WyomingPort { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="program"><c>nginx</c> or <c>haproxy</c>.</param>
    /// <param name="servers">The ports of the two servers.</param>
    /// <param name="wyoming">The port of their Wyoming service.</param>
    public static async Task<LoadBalancer> StartAsync(string program, IReadOnlyList<int> servers, int wyoming = 1)
    {
        var balancer = new LoadBalancer(program, servers, wyoming);
        while (!await FreePort.IsTakenAsync(balancer.Address.Port))
        {
            if (balancer._process.HasExited)
            {
                await balancer.DisposeAsync();
                throw new InvalidOperationException($"{program} ended.");
            }

            await Task.Delay(20);
        }

        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _files.Delete(recursive: true);
    }
}
