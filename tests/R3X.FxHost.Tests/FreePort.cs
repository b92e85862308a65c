using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests;

/// <summary>Ports of this machine that nobody listens at just now, and that no other test gets: below those that the
/// system itself hands out.</summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Test programs that run at the same time begin in different places.
    private static int s_given = Environment.ProcessId;

    public static int Next()
    {
        while (true)
        {
            int port = First + (Interlocked.Increment(ref s_given) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }

    /// <summary>Whether somebody listens there by now.</summary>
    public static async Task<bool> IsTakenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
