using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>A studio for tests that change nothing of its presets.</summary>
public sealed class QuietStudio : IAsyncLifetime
{
    private StudioServer? _server;

    internal StudioServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await StudioServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
