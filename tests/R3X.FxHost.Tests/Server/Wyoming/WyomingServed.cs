using System;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

/// <summary>The tests that share one server in front of a stand-in for piper.</summary>
[CollectionDefinition(Name)]
public sealed class WyomingTests : ICollectionFixture<WyomingServed>
{
    public const string Name = "Wyoming";
}

/// <summary>A server in front of a stand-in for piper. What it measured of a voice counts for the voice's next line, so
/// each line that is compared has a voice of its own.</summary>
public sealed class WyomingServed : IAsyncLifetime
{
    public const int MostText = 2_000;

    private ServerProcess? _server;
    private Upstream? _upstream;

    internal Upstream Upstream => _upstream!;

    internal int Port => _server!.Wyoming.Port;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _server = await ServerProcess.StartAsync(
            "--wyoming", $"127.0.0.1:{_upstream.WyomingPort}", "--limit", $"text={MostText}",
            "--voice", "adam=radio", "--speaker", "waiter=whisper");
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
