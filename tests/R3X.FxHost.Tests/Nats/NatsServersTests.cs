using System.IO;
using System.Threading.Tasks;
using NATS.Client.Core;
using R3X.FxHost.Nats;
using Xunit;

namespace R3X.FxHost.Tests.Nats;

/// <summary>The connection to a real server.</summary>
public sealed class NatsServersTests
{
    [Fact]
    public async Task A_server_that_runs_is_reached_and_one_that_does_not_is_named()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        await using (NatsConnection connection = await NatsServers.ConnectAsync(
            server.Address, "test", cancellation: TestContext.Current.CancellationToken))
            Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
        await server.KillAsync();
        IOException gone = await Assert.ThrowsAsync<IOException>(() => NatsServers.ConnectAsync(
            server.Address, "test", cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(server.Address, gone.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nats://me:secret@host:4222", "nats://host:4222")]
    [InlineData("nats://one:4222,tls://token@two:4222", "nats://one:4222,tls://two:4222")]
    [InlineData("host:4222", "host:4222")]
    public void What_is_secret_in_an_address_is_not_shown(string address, string shown) =>
        Assert.Equal(shown, NatsServers.WithoutSecrets(address));
}
