using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>
/// A speech service on this machine that sends MP3 in real time, and the listeners of what became of it. One thread
/// sends and takes for all streams, every millisecond, so that little of the machine goes to it: a thread that is woken
/// for every chunk costs the server, whose send wakes it, as much as the chunk.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The load is paced in real time.")]
internal sealed class PacedService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, PacedStream> _streams = new();
    private readonly Dictionary<Socket, PacedStream> _listening = [];
    private readonly List<Socket> _ready = [];
    private readonly Lock _gate = new();
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

    /// <summary>Sends a stream when the server asks for it, and takes what becomes of it.</summary>
    public void Add(PacedStream stream) => _streams[stream.Number] = stream;

    /// <summary>Sends it no more, and takes nothing. Then it may be disposed.</summary>
    public void Remove(PacedStream stream)
    {
        lock (_gate)
            _streams.TryRemove(stream.Number, out _);
    }

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
            lock (_gate)
            {
                foreach ((_, PacedStream stream) in _streams)
                    stream.Send(Stopwatch.GetTimestamp());
                Receive();
            }

            Thread.Sleep(1);
        }
    }

    private void Receive()
    {
        _listening.Clear();
        _ready.Clear();
        foreach ((_, PacedStream stream) in _streams)
        {
            if (stream.Listener is { Connected: true } listener)
            {
                _listening.Add(listener, stream);
                _ready.Add(listener);
            }
        }

        if (_ready.Count == 0)
            return;
        Socket.Select(_ready, null, null, 0);
        foreach (Socket listener in _ready)
            _listening[listener].Receive();
    }
}
