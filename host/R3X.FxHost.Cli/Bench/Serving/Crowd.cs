using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>Callers who cost a server what others need: each keeps a connection and does not behave.</summary>
internal sealed class Crowd(IPEndPoint server) : IDisposable
{
    private readonly List<Socket> _connections = [];
    private readonly List<IDisposable> _kept = [];

    /// <summary>Connections that the server has closed, or never took.</summary>
    public int Shed { get; private set; }

    /// <summary>Connects, and says the first words.</summary>
    /// <param name="count">How many.</param>
    /// <param name="words">What each of them says; nothing more follows.</param>
    public void Come(int count, string words)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(words);
        for (int i = 0; i < count; i++)
        {
            var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _connections.Add(connection);
            try
            {
                connection.Connect(server);
                if (bytes.Length > 0)
                    connection.Send(bytes);
            }
            catch (SocketException)
            {
                // Refused: that is counted with those that are closed.
            }
        }
    }

    /// <summary>Keeps a caller until all of them leave.</summary>
    public void Keep(IDisposable caller) => _kept.Add(caller);

    /// <summary>Counts those that the server did not keep.</summary>
    public void Count()
    {
        Shed = 0;
        Span<byte> one = stackalloc byte[1];
        foreach (Socket connection in _connections)
        {
            bool isClosed = !connection.Connected;
            if (!isClosed && connection.Poll(0, SelectMode.SelectRead))
            {
                int read = connection.Receive(one, SocketFlags.Peek, out SocketError error);
                isClosed = read == 0 || error != SocketError.Success;
            }

            Shed += isClosed ? 1 : 0;
        }
    }

    public void Dispose()
    {
        foreach (Socket connection in _connections)
            connection.Dispose();
        foreach (IDisposable caller in _kept)
            caller.Dispose();
    }
}
