using System;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>The tests that share a server and the services it stands in front of.</summary>
[CollectionDefinition(Name)]
public sealed class ServerTests : ICollectionFixture<ServedVoices>
{
    public const string Name = "Server";
}

/// <summary>A server in front of stand-ins for all speech services.</summary>
public sealed class ServedVoices : IAsyncLifetime
{
    private ServerProcess? _server;
    private Upstream? _upstream;

    /// <summary>The services; one test at a time may ask them to misbehave.</summary>
    internal Upstream Upstream => _upstream!;

    /// <summary>The server.</summary>
    internal ServerProcess Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _server = await ServerProcess.StartAsync(
            "--openai", _upstream.Address, "--elevenlabs", _upstream.Address,
            "--wyoming", $"127.0.0.1:{_upstream.WyomingPort}", "--wyoming-port", "0");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_upstream is not null)
            await _upstream.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
