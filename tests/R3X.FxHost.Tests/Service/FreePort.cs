using System.Net;
using System.Net.Sockets;

namespace R3X.FxHost.Tests.Service;

/// <summary>A port that nobody listens at just now.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
