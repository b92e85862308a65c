using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>
/// One stream, both ends: the speech service that sends MP3 in real time, and the listener who takes the PCM. A
/// listener
/// begins to play a moment after the first sound; a block that comes when all before it has been played is late.
/// </summary>
/// <param name="number">Which one; the request names it, so that the service's end is found.</param>
/// <param name="line">What is sent.</param>
/// <param name="lag">How far behind the input the output is, in seconds of sound, with a machine to itself.</param>
/// <param name="isPaced">Whether chunks are sent when they are due, or when they are asked for.</param>
internal sealed class PacedStream(int number, Mp3Line line, double lag, bool isPaced) : IDisposable
{
    /// <summary>What the server is asked for.</summary>
    public const int OutputRate = 24_000;

    /// <summary>How much of the line the listener lets gather before playing.</summary>
    public const double StartBufferMs = 80;

    private const int SentKept = 4_096;

    private static readonly byte[] AnswerHead = System.Text.Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");

    private static readonly byte[] AnswerEnd = System.Text.Encoding.ASCII.GetBytes("0\r\n\r\n");

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly ChunkedAnswer _answer = new();
    private readonly Lock _gate = new();
    private readonly long[] _sentAt = new long[SentKept];
    private Socket? _service;
    private long _firstDue;
    private int _sent;
    private int _heard;
    private bool _hasEnded;
    private double _playsAfterMs;
    private volatile bool _isMeasured;

    /// <summary>Which one it is.</summary>
    public int Number => number;

    /// <summary>Milliseconds from sending each chunk until what it gave was received, of those that are
    /// measured.</summary>
    public List<float> LatencyMs { get; } = [];

    /// <summary>The same of the first chunk; NaN before it came.</summary>
    public double FirstMs { get; private set; } = double.NaN;

    /// <summary>Chunks whose sound was received.</summary>
    public int Blocks => _heard;

    /// <summary>Blocks that came too late to be played without a gap.</summary>
    public int Late { get; private set; }

    /// <summary>By how much a chunk was sent after its time at most, which is this program's fault.</summary>
    public double SentLateMs { get; private set; }

    /// <summary>Whether the server has asked the service for it.</summary>
    public bool IsAsked => _service is not null;

    /// <summary>Whether the answer came to its end.</summary>
    public bool IsComplete => _answer.IsComplete;

    /// <summary>The answer's status; 0 for none.</summary>
    public int Status => _answer.Status;

    /// <summary>Whether the server has closed it, or nothing more will come.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Seconds of sound received.</summary>
    public double HeardSeconds => _answer.Bytes / (2.0 * OutputRate);

    /// <summary>Seconds of sound sent.</summary>
    public double SentSeconds => _sent * line.ChunkSeconds;

    /// <summary>Asks for the line.</summary>
    public void Connect(IPEndPoint server, string preset)
    {
        _listener.NoDelay = true;
        _listener.Connect(server);
        string body = string.Create(CultureInfo.InvariantCulture,
            $"{{\"model\":\"tts-1\",\"voice\":\"alloy\",\"response_format\":\"pcm\",\"input\":\"{number}\"}}");
        _listener.Send(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nX-R3X-Preset: {preset}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}")));
    }

    /// <summary>From here on its latency is measured.</summary>
    public void Measure() => _isMeasured = true;

    /// <summary>Whether what comes is taken.</summary>
    public bool Listens { get; init; } = true;

    /// <summary>Where it comes, while it does; null where nothing is to be taken.</summary>
    public Socket? Listener => Listens && !IsClosed ? _listener : null;

    /// <summary>Takes what has come. The pacing thread, where something has.</summary>
    public void Receive()
    {
        int read = _listener.Receive(_received, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success && read > 0)
            Take(_received.AsSpan(0, read));
        else
            IsClosed = true;
    }

    /// <summary>The server has asked the service.</summary>
    public void Begin(Socket service)
    {
        service.NoDelay = true;
        service.Blocking = false;
        service.Send(AnswerHead);
        _firstDue = Stopwatch.GetTimestamp() + Ticks(number * 0.61803 % 1 * line.ChunkSeconds);
        _service = service;
    }

    /// <summary>Sends the chunk that is due, if one is.</summary>
    public void Send(long now)
    {
        if (_service is null || IsClosed || !isPaced)
            return;
        long due = _firstDue + Ticks(_sent * line.ChunkSeconds);
        if (now < due)
            return;
        SentLateMs = Math.Max(SentLateMs, Stopwatch.GetElapsedTime(due, now).TotalMilliseconds);
        TrySendNow();
    }

    /// <summary>Sends the next chunk, where the server has asked for the line.</summary>
    public void TrySendNow()
    {
        lock (_gate)
        {
            if (_service is null || _hasEnded)
                return;
            _sentAt[_sent++ % SentKept] = Stopwatch.GetTimestamp();
            _service.Send(line.Chunk(_sent - 1), SocketFlags.None, out SocketError error);
            IsClosed |= error != SocketError.Success;
        }
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _service?.Send(AnswerEnd, SocketFlags.None, out _);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _service?.Dispose();
    }

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _answer.Take(bytes);
        long now = Stopwatch.GetTimestamp();
        double heard = HeardSeconds + lag;
        lock (_gate)
        {
            bool begins = _heard == 0;
            double ms = 0;
            for (; _heard < _sent && (_heard + 1) * line.ChunkSeconds <= heard; _heard++)
            {
                ms = Stopwatch.GetElapsedTime(_sentAt[_heard % SentKept], now).TotalMilliseconds;
                if (_heard == 0)
                    FirstMs = ms;
                if (_isMeasured)
                    LatencyMs.Add((float)ms);
                if (!begins && ms > _playsAfterMs)
                    Late++;
            }

            // The first chunks give no sound yet; the last of them is what the listener begins with.
            if (begins && _heard > 0)
                _playsAfterMs = ms + StartBufferMs;
        }
    }
}
