using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>
/// A speech service on this machine that sends MP3 in real time. One thread sends for all streams, so that next to
/// nothing of the machine goes to it.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The load is paced in real time.")]
internal sealed class PacedService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, PacedStream> _streams = new();
    private readonly Thread _pace;
    private volatile bool _isOver;

    public PacedService()
    {
        _listener.Start(backlog: 8_192);
        _ = AcceptAsync();
        _pace = new Thread(Pace) { IsBackground = true, Name = "R3X bench", Priority = ThreadPriority.AboveNormal };
        _pace.Start();
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Sends a stream when the server asks for it.</summary>
    public void Add(int number, PacedStream stream) => _streams[number] = stream;

    /// <summary>Sends it no more.</summary>
    public void Remove(int number) => _streams.TryRemove(number, out _);

    public void Dispose()
    {
        _isOver = true;
        _listener.Dispose();
        _pace.Join();
    }

    private async System.Threading.Tasks.Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async System.Threading.Tasks.Task AnswerAsync(Socket connection)
    {
        byte[] request = new byte[8_192];
        int count = 0;
        int? number = null;
        try
        {
            while (number is null)
            {
                int read = await connection.ReceiveAsync(request.AsMemory(count));
                if (read == 0)
                    break;
                count += read;
                number = NumberIn(request.AsSpan(0, count));
            }
        }
        catch (SocketException)
        {
            // The server has gone.
        }

        if (number is { } asked && _streams.TryGetValue(asked, out PacedStream? stream))
            stream.Begin(connection);
        else
            connection.Dispose();
    }

    // The text to speak is the stream's number.
    private static int? NumberIn(ReadOnlySpan<byte> request)
    {
        ReadOnlySpan<byte> key = "\"input\":\""u8;
        int at = request.IndexOf(key);
        if (at < 0)
            return null;
        request = request[(at + key.Length)..];
        int end = request.IndexOf((byte)'"');
        return end > 0 && int.TryParse(request[..end], out int number) ? number : null;
    }

    private void Pace()
    {
        while (!_isOver)
        {
            foreach ((_, PacedStream stream) in _streams)
                stream.Send(Stopwatch.GetTimestamp());
            Thread.Sleep(1);
        }
    }
}
