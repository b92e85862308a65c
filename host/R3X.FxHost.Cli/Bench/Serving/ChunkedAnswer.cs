using System;

namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>Counts the bytes of sound in an HTTP answer, whose chunks may be cut anywhere.</summary>
internal sealed class ChunkedAnswer
{
    private const int LongestHead = 4_096;

    private readonly byte[] _head = new byte[LongestHead];
    private int _headBytes;
    private bool _inBody;
    private long _left;
    private long _size;

    /// <summary>The status; 0 before it is known.</summary>
    public int Status { get; private set; }

    /// <summary>Bytes of the body so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the body has come to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes what was received.</summary>
    public void Take(ReadOnlySpan<byte> received)
    {
        if (!_inBody)
            received = PassHead(received);
        while (!received.IsEmpty && !IsComplete)
        {
            // The bytes of a chunk and the line end behind it.
            if (_left > 0)
            {
                int part = (int)Math.Min(_left, received.Length);
                Bytes += Math.Max(0, Math.Min(part, _left - 2));
                _left -= part;
                received = received[part..];
                continue;
            }

            byte next = received[0];
            received = received[1..];
            if (next == '\n')
            {
                IsComplete = _size == 0;
                (_left, _size) = (_size + 2, 0);
            }
            else if (next != '\r')
            {
                _size = (_size * 16) + (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
            }
        }
    }

    private ReadOnlySpan<byte> PassHead(ReadOnlySpan<byte> received)
    {
        int part = Math.Min(received.Length, LongestHead - _headBytes);
        received[..part].CopyTo(_head.AsSpan(_headBytes));
        int before = _headBytes;
        _headBytes += part;
        int end = _head.AsSpan(0, _headBytes).IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return [];
        _inBody = true;
        // "HTTP/1.1 200 OK"
        Status = ((_head[9] - '0') * 100) + ((_head[10] - '0') * 10) + _head[11] - '0';
        return received[(end + 4 - before)..];
    }
}
