using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Text;

namespace R3X.FxHost.Cli.Players;

/// <summary>
/// What a server answers over HTTP/1.1, read while the request is still being sent, which HttpClient cannot do.
/// </summary>
/// <param name="stream">The connection.</param>
[SuppressMessage("Design", "CA1001", Justification = "The caller owns the stream.")]
internal sealed class HttpAnswer(Stream stream)
{
    private const int LongestLine = 64 * 1024;

    private readonly BufferedStream _stream = new(stream);
    private bool _isChunked;
    private long _left;

    /// <summary>Reads the status and the headers.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="IOException">It is none of HTTP, or the connection broke.</exception>
    public int ReadHead()
    {
        string[] words = ReadLine().Split(' ');
        if (words.Length < 2 || !words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            throw new IOException("What answers there is no HTTP server.");
        _left = long.MaxValue;
        while (ReadLine() is { Length: > 0 } header)
        {
            string[] parts = header.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                (_isChunked, _left) = (true, 0);
            else if (parts[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !_isChunked)
                _left = long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                    ? length : 0;
        }

        return status;
    }

    /// <summary>The body's lines, each when it is there, until its end.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public IEnumerable<string> ReadLines()
    {
        var line = new List<byte>();
        int next;
        while ((next = ReadBodyByte()) >= 0)
        {
            if (next != '\n' && line.Count < LongestLine)
                line.Add((byte)next);
            if (next != '\n')
                continue;
            yield return System.Text.Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
            line.Clear();
        }

        if (line.Count > 0)
            yield return System.Text.Encoding.UTF8.GetString(line.ToArray());
    }

    private int ReadBodyByte()
    {
        if (_left == 0 && _isChunked)
            _left = ReadChunkHead();
        if (_left == 0)
            return -1;
        int next = _stream.ReadByte();
        if (next < 0 && (_isChunked || _left < long.MaxValue / 2))
            throw new EndOfStreamException("The connection was closed in the middle of the answer.");
        _left--;
        if (_left == 0 && _isChunked)
            ReadLine();
        return next;
    }

    private long ReadChunkHead()
    {
        string size = ReadLine().Split(';')[0];
        return long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long bytes)
            ? bytes : throw new IOException("The answer is damaged.");
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        int next;
        while ((next = _stream.ReadByte()) is not (-1 or '\n'))
        {
            if (line.Length < LongestLine)
                line.Append((char)next);
        }

        return next == '\n' ? line.ToString().TrimEnd('\r')
            : throw new EndOfStreamException("The connection was closed before the answer's end.");
    }
}
