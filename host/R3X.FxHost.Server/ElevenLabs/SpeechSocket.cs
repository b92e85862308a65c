using System;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>
/// A caller's WebSocket and the service's. Messages keep their order in both directions; sound on its way to the caller
/// is processed, each context's by a chain of its own, and its tail goes out in front of the context's last message.
/// </summary>
/// <param name="caller">The caller's, open.</param>
/// <param name="service">The service's, open.</param>
/// <param name="lines">The contexts.</param>
/// <param name="selections">How voices with a preset are named.</param>
/// <param name="settings">How much may come.</param>
internal sealed class SpeechSocket(
    WebSocket caller, WebSocket service, SocketLines lines, Selections selections, ServeSettings settings)
    : IAsyncDisposable
{
    // How long no sound comes before a flush is taken to be over; the service does not always say so.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Channel<Incoming> _incoming = Channel.CreateBounded<Incoming>(4);
    private readonly CancellationTokenSource _end = new();
    private readonly FlushRequests _flushes = new();

    /// <summary>Serves both until one of them closes or breaks.</summary>
    /// <param name="gone">The caller's connection broke.</param>
    public async Task RunAsync(CancellationToken gone)
    {
        await using CancellationTokenRegistration ending = gone.Register(_end.Cancel);
        Task up = PassUpAsync();
        Task reading = ReadServiceAsync();
        Task down = PassDownAsync();
        if (await Task.WhenAny(up, down) == down)
            await Task.WhenAny(up, Task.Delay(Farewell, CancellationToken.None));
        await _end.CancelAsync();
        await Task.WhenAll(up, reading, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        service.Abort();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await lines.DisposeAsync();
        _end.Dispose();
    }

    private async Task PassUpAsync()
    {
        try
        {
            while (true)
            {
                SocketMessage message = await SocketMessage.ReadAsync(caller, settings.Limits.Body, _end.Token);
                if (message.Type == WebSocketMessageType.Close)
                    break;
                if (message.Parse() is { } body)
                    message = await RewriteAsync(message, body);
                if (service.State == WebSocketState.Open)
                    await message.SendAsync(service, _end.Token);
            }

            WebSocketCloseStatus status = caller.CloseStatus ?? WebSocketCloseStatus.Empty;
            if (service.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await service.CloseOutputAsync(status, caller.CloseStatusDescription, _end.Token);
            if (caller.State == WebSocketState.CloseReceived)
                await caller.CloseOutputAsync(status, caller.CloseStatusDescription, _end.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The caller vanished; with it goes what it asked for.
        }
    }

    // What the caller says, as the service is to hear it.
    private async ValueTask<SocketMessage> RewriteAsync(SocketMessage message, JsonObject body)
    {
        int characters = (body["text"]?.ToString().Length ?? 0)
            + Dialogue.Inputs(body).Sum(static input => input["text"]?.ToString().Length ?? 0);
        if (characters > settings.Limits.Text)
        {
            await _incoming.Writer.WriteAsync(new Incoming(
                null, null, $"A message has more than {settings.Limits.Text} characters."), _end.Token);
        }

        string id = ContextNames.IdOf(body);
        if (body["contextId"] is { } other && body["context_id"] is null)
            body["context_id"] = other.DeepClone();
        lines.Choose(id, body);
        Dialogue.NameVoices(body, selections.PlainVoice);
        if (body["flush"] is JsonValue flush && flush.TryGetValue(out bool flushes) && flushes)
            await _incoming.Writer.WriteAsync(new Incoming(null, id, null), _end.Token);
        return message with { Bytes = JsonSerializer.SerializeToUtf8Bytes(body) };
    }

    private async Task ReadServiceAsync()
    {
        try
        {
            SocketMessage message;
            do
            {
                message = await SocketMessage.ReadAsync(service, settings.Limits.Body, _end.Token);
                await _incoming.Writer.WriteAsync(new Incoming(message, null, null), _end.Token);
            }
            while (message.Type != WebSocketMessageType.Close);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            _incoming.Writer.TryComplete();
        }
    }

    private async Task PassDownAsync()
    {
        try
        {
            while (await NextAsync() is { } next)
            {
                if (next.Refusal is { } refusal)
                {
                    await RefuseAsync(refusal, WebSocketCloseStatus.MessageTooBig);
                    return;
                }

                if (next.FlushOf is { } id)
                    _flushes.Asked(id);
                if (next.Message is { Type: WebSocketMessageType.Close })
                    break;
                if (next.Message is { } message)
                    await PassAsync(message);
            }

            await EndAllAsync();
            await caller.CloseOutputAsync(service.CloseStatus ?? WebSocketCloseStatus.InternalServerError,
                service.CloseStatus is null ? "The speech service broke off." : service.CloseStatusDescription,
                _end.Token);
        }
        catch (Exception e) when (e is UnreadableAudioException or IOException or FormatException
            or InvalidOperationException or NotSupportedException)
        {
            await RefuseAsync(
                $"The speech service did not answer with sound: {e.Message}", WebSocketCloseStatus.InternalServerError);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    // The next of what came; null where the service broke off.
    private async ValueTask<Incoming?> NextAsync()
    {
        while (true)
        {
            if (_incoming.Reader.TryRead(out Incoming? next))
                return next;
            Task<bool> waiting = _incoming.Reader.WaitToReadAsync(_end.Token).AsTask();
            if (_flushes.AreDue && await Task.WhenAny(waiting, Task.Delay(Quiet, _end.Token)) != waiting)
            {
                foreach (string id in _flushes.TakeDue())
                {
                    if (lines.Find(id) is { } line)
                        await SendSoundAsync(id, await line.FlushAsync());
                }
            }

            if (!await waiting)
                return null;
        }
    }

    private async Task PassAsync(SocketMessage message)
    {
        if (lines.Format is null || message.Parse() is not { } body)
        {
            await message.SendAsync(caller, _end.Token);
            return;
        }

        string id = ContextNames.IdOf(body);
        bool isFinal = ContextNames.IsFinal(body);
        ContextNames.AddOthers(body);
        if (body["audio"] is JsonValue audio && audio.TryGetValue(out string? text) && text.Length > 0)
        {
            _flushes.Sounded(id);
            byte[] sound = await lines.Of(id, _end.Token).PassAsync(body, Convert.FromBase64String(text));
            byte[] rest = isFinal ? await lines.EndAsync(id) : [];
            body["audio"] = Convert.ToBase64String([.. sound, .. rest]);
        }
        else if (isFinal)
        {
            await SendSoundAsync(id, await lines.EndAsync(id));
        }
        else if (ContextNames.EndsFlush(body) && lines.Find(id) is { } line)
        {
            _flushes.Done(id);
            await SendSoundAsync(id, await line.FlushAsync());
        }
        else if (body["error"] is not null)
        {
            await EndAllAsync();
        }

        if (isFinal)
            _flushes.Done(id);
        await SendAsync(body);
    }

    private async Task EndAllAsync()
    {
        foreach (string id in lines.Open)
            await SendSoundAsync(id, await lines.EndAsync(id));
    }

    private async Task SendSoundAsync(string id, byte[] sound)
    {
        if (sound.Length > 0)
            await SendAsync(lines.Sound(id, sound));
    }

    private Task SendAsync(JsonObject body) => caller.SendAsync(JsonSerializer.SerializeToUtf8Bytes(body),
        WebSocketMessageType.Text, endOfMessage: true, _end.Token);

    // In the service's form: a message, then the close with its code.
    private async Task RefuseAsync(string reason, WebSocketCloseStatus status)
    {
        try
        {
            await SendAsync(new JsonObject
            {
                ["message"] = reason, ["error"] = "r3x_error", ["code"] = (int)status,
            });
            await caller.CloseOutputAsync(status, "See the last message.", _end.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    // One of: a message of the service's, a context that the caller flushes, why the caller is refused.
    private sealed record Incoming(SocketMessage? Message, string? FlushOf, string? Refusal);
}
