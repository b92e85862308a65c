using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli.Players;

/// <summary>
/// A line spoken by a running <c>r3x serve</c>: sent while it arrives, over before the last sample was heard.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds nothing but memory once the line has ended.")]
internal sealed class ServerLine
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    // It says four times a second how far the line is.
    private static readonly TimeSpan NewsPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InterruptPatience = TimeSpan.FromSeconds(1);

    private readonly ServerAddress _address;
    private readonly PlayerInput _input;
    private readonly Stream _stream;
    private readonly CancellationTokenSource _sending = new();
    private readonly TaskCompletionSource<string> _id = new();
    private readonly TaskCompletionSource<ServerEnd> _end = new();
    private readonly object _gate = new();
    private double _heardMilliseconds;
    private long _soundsSince;

    private ServerLine(ServerAddress address, PlayerInput input, Stream stream) =>
        (_address, _input, _stream) = (address, input, stream);

    /// <summary>Connects to the server.</summary>
    /// <returns>Null where none runs.</returns>
    public static ServerLine? Open(ServerAddress address, PlayerInput input)
    {
        try
        {
            return new ServerLine(address, input, address.Connect());
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            PlayAs.Verbose($"No server at {address.Uri}: {e.Message}");
            return null;
        }
    }

    /// <summary>Speaks the input, and returns when that is over or the server has failed.</summary>
    /// <param name="use">What the input holds.</param>
    /// <param name="cancellation">Interrupts it at the server.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public ServerEnd Speak(PlayerUse use, CancellationToken cancellation)
    {
        var sender = new Thread(() => Send(use)) { IsBackground = true, Name = "R3X sender" };
        sender.Start();
        new Thread(Follow) { IsBackground = true, Name = "R3X answer" }.Start();
        try
        {
            if (!_id.Task.Wait((int)AnswerPatience.TotalMilliseconds, cancellation))
                Fail($"It did not answer within {AnswerPatience.TotalSeconds} s.");
            _end.Task.Wait(cancellation);
            return _end.Task.Result;
        }
        catch (OperationCanceledException)
        {
            Interrupt();
            throw;
        }
        finally
        {
            _sending.Cancel();
            _stream.Dispose();
            sender.Join();
            _sending.Dispose();
        }
    }

    // Chunked, as nobody knows how long it will be. Of what goes wrong the answer's end tells.
    private void Send(PlayerUse use)
    {
        string format = use.InputFormat is null ? "" : $"&input_format={use.InputFormat}";
        // Who kills a player wants silence, not what has arrived.
        string head = _address.Head($"POST /r3x/speak?disconnect=interrupt{format}{PlayerSelection.Query()}")
            + "Accept: text/event-stream\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
        try
        {
            _stream.Write(System.Text.Encoding.UTF8.GetBytes(head));
            foreach (ReadOnlyMemory<byte> chunk in _input.TakeAll(_sending.Token))
            {
                string size = chunk.Length.ToString("x", CultureInfo.InvariantCulture);
                _stream.Write([.. System.Text.Encoding.ASCII.GetBytes(size + "\r\n"), .. chunk.Span, .. "\r\n"u8]);
            }

            _stream.Write("0\r\n\r\n"u8);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            PlayAs.Verbose($"Sending ended: {e.Message}");
        }
    }

    private void Follow()
    {
        try
        {
            _stream.ReadTimeout = (int)NewsPatience.TotalMilliseconds;
            var answer = new HttpAnswer(_stream);
            int status = answer.ReadHead();
            if (status != 200)
            {
                Fail($"It answered {status}: {ErrorIn(string.Concat(answer.ReadLines().Take(20)))}");
                return;
            }

            foreach (string line in answer.ReadLines())
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                    Take(line[5..]);
            }

            Fail("It ended in the middle of the line.");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Fail(e.Message);
        }
    }

    private void Take(string json)
    {
        if (Parsed(json) is not { ValueKind: JsonValueKind.Object } utterance)
            return;
        string state = Text(utterance, "state");
        lock (_gate)
        {
            if (utterance.TryGetProperty("position_ms", out JsonElement heard)
                && heard.ValueKind == JsonValueKind.Number)
                _heardMilliseconds = heard.GetDouble();
            _soundsSince = state is "speaking" or "draining" ? Stopwatch.GetTimestamp() : 0;
        }

        if (Text(utterance, "id") is { Length: > 0 } id)
            _id.TrySetResult(id);
        if (state == "failed")
            Fail(Text(utterance, "failure"));
        if (state is not ("done" or "interrupted"))
            return;
        if (utterance.TryGetProperty("warnings", out JsonElement warnings)
            && warnings.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement warning in warnings.EnumerateArray())
                Messages.Warning(warning.ToString());
        }

        _end.TrySetResult(new ServerEnd(IsOver: true, TimeSpan.Zero, ""));
    }

    private void Fail(string reason)
    {
        lock (_gate)
        {
            double heard = _heardMilliseconds
                + (_soundsSince == 0 ? 0 : Stopwatch.GetElapsedTime(_soundsSince).TotalMilliseconds);
            _end.TrySetResult(new ServerEnd(IsOver: false, TimeSpan.FromMilliseconds(heard), reason));
        }

        _id.TrySetResult("");
    }

    // On a connection of its own: the line's is busy with the line.
    private void Interrupt()
    {
        if (!_id.Task.Wait(InterruptPatience) || _id.Task.Result.Length == 0)
            return;
        try
        {
            using Stream stream = _address.Connect();
            string head = _address.Head($"DELETE /r3x/utterances/{Uri.EscapeDataString(_id.Task.Result)}")
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
            stream.Write(System.Text.Encoding.UTF8.GetBytes(head));
            stream.ReadTimeout = (int)InterruptPatience.TotalMilliseconds;
            new HttpAnswer(stream).ReadHead();
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            PlayAs.Verbose($"It could not be interrupted: {e.Message}");
        }
    }

    private static string ErrorIn(string body) =>
        Parsed(body) is { ValueKind: JsonValueKind.Object } answer
            && answer.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
            ? $"{Text(error, "message")} {Text(error, "fix")}".Trim() : body.Length > 200 ? body[..200] : body;

    private static JsonElement? Parsed(string json)
    {
        try
        {
            return JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()! : "";
}
