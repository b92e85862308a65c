using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Service;

/// <summary>What systemd listens at: a datagram socket whose path is NOTIFY_SOCKET.</summary>
internal sealed class NotifySocket : IDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-notify-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket()
    {
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
    }

    /// <summary>Where it is.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "notify");

    /// <summary>What was told but for signs of life, in order; the first line of each.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Waits for the next message, and says what it holds.</summary>
    public async Task<string> NextAsync()
    {
        byte[] bytes = new byte[4_096];
        using var limit = new CancellationTokenSource(HangLimit);
        int count = await _socket.ReceiveAsync(bytes, limit.Token);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>Waits until something is told, and keeps what comes before it.</summary>
    /// <param name="word">A message's first line.</param>
    public async Task UntilAsync(string word)
    {
        string message;
        do
        {
            message = (await NextAsync()).Split('\n')[0];
            if (message != "WATCHDOG=1")
                Told.Add(message);
        }
        while (message != word);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }
}
