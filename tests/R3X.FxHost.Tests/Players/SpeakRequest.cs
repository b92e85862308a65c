using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Players;

/// <summary>A request of a player, read as it comes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The server owns the stream.")]
internal sealed class SpeakRequest(NetworkStream stream)
{
    private readonly MemoryStream _body = new();

    /// <summary>Such as <c>POST</c>.</summary>
    public string Method { get; private set; } = "";

    public Uri Uri { get; private set; } = new("http://nowhere");

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What has been read of the body.</summary>
    public byte[] Body => _body.ToArray();

    /// <summary>Done when the request was answered, or the player went away.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A field of the query; null where there is none.</summary>
    public string? Query(string field) => Uri.Query.TrimStart('?').Split('&')
        .Select(static pair => pair.Split('=', 2)).Where(pair => pair[0] == field)
        .Select(static pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault();

    public async Task ReadHeadAsync()
    {
        string[] words = (await ReadLineAsync()).Split(' ');
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            string[] parts = line.Split(": ", 2);
            Headers[parts[0]] = parts[1];
        }

        Method = words[0];
        Uri = new Uri("http://" + Headers["Host"] + words[1]);
    }

    /// <summary>Reads the chunked body.</summary>
    /// <param name="most">Bytes after which to stop; all by default.</param>
    public async Task ReadBodyAsync(long most = long.MaxValue)
    {
        while (_body.Length < most && int.Parse(await ReadLineAsync(), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture) is var size and > 0)
        {
            byte[] chunk = new byte[size];
            await stream.ReadExactlyAsync(chunk);
            _body.Write(chunk);
            await ReadLineAsync();
        }
    }

    public Task WriteAsync(string text) => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)).AsTask();

    public Task BeginEventsAsync() => WriteAsync(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

    /// <summary>Tells a state of the utterance, in two chunks that are cut anywhere.</summary>
    public async Task TellAsync(string state, double position = 0, string extra = "")
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"data: {{\"id\":\"utterance-1\",\"state\":\"{state}\",\"position_ms\":{position}{extra}}}\n\n");
        foreach (string part in (string[])[text[..30], text[30..]])
            await WriteAsync($"{part.Length:x}\r\n{part}\r\n");
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        byte[] next = new byte[1];
        while (await stream.ReadAsync(next) > 0)
        {
            if (next[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)next[0]);
        }

        throw new EndOfStreamException();
    }
}
