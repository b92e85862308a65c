using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Server;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The built server with its studio, on a folder of presets of its own, which goes with it.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private const string Said = "Studio on ";

    private readonly ServerProcess _server;

    private StudioServer(ServerProcess server, string presets) => (_server, Presets) = (server, presets);

    /// <summary>The folder of presets: a copy of the product's.</summary>
    public string Presets { get; }

    /// <summary>The page's address, with its key.</summary>
    public string Address => _server.Output.Split('\n').First(
        line => line.StartsWith(Said, StringComparison.Ordinal))[Said.Length..];

    /// <summary>The server as a process.</summary>
    public ServerProcess Process => _server;

    /// <summary>Starts one, with a silent loudspeaker unless told otherwise.</summary>
    /// <param name="environment">Variables of its environment.</param>
    /// <param name="arguments">Further options of <c>r3x serve</c>.</param>
    public static async Task<StudioServer> StartAsync(
        Dictionary<string, string>? environment = null, params string[] arguments)
    {
        string presets = Directory.CreateTempSubdirectory("r3x-studio-").FullName;
        foreach (string file in Directory.GetFiles(Repository.PathOf("presets"), "*.yaml"))
            File.Copy(file, Path.Combine(presets, Path.GetFileName(file)));
        // What goes wrong in an event is then told on the page's console, and so by the test.
        var detailed = new Dictionary<string, string>(environment ?? []) { ["ASPNETCORE_DETAILEDERRORS"] = "true" };
        ServerProcess server = await ServerProcess.StartAsync(
            detailed, ["--studio", "--presets", presets, .. arguments]);
        // It says where the page is after it says where it listens.
        while (!server.Output.Contains(Said, StringComparison.Ordinal))
            await Task.Delay(10, Xunit.TestContext.Current.CancellationToken);
        return new StudioServer(server, presets);
    }

    /// <summary>A preset's file.</summary>
    public string FileOf(string id) => Path.Combine(Presets, id + ".yaml");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Presets, recursive: true);
    }
}
