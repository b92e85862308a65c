using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>One client of Wyoming, served as piper does: start, chunks and stop for every sentence.</summary>
internal sealed partial class WyomingConnection : IDisposable
{
    private const int ChunkBytes = 2_048;

    private readonly Upstream _upstream;
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _gone;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ReceivedRequest _request = new("wyoming", "");
    private Behaviour _how = new();
    private Delivery? _delivery;
    private string _voice = "";
    private string _text = "";
    private bool _isStreaming;
    private bool _isBroken;
    private Task _speaking = Task.CompletedTask;

    /// <param name="upstream">Where it is told what came.</param>
    /// <param name="client">The client.</param>
    /// <param name="stop">Everything ends.</param>
    public WyomingConnection(Upstream upstream, TcpClient client, CancellationToken stop)
    {
        _upstream = upstream;
        _client = client;
        _client.NoDelay = true;
        _stream = client.GetStream();
        _gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        upstream.Add(_request);
    }

    private static WyomingEvent Info => new("info", new JsonObject
    {
        ["tts"] = new JsonArray(new JsonObject
        {
            ["name"] = "piper",
            ["attribution"] = Attribution,
            ["installed"] = true,
            ["description"] = "A stand-in for piper",
            ["version"] = "1.6.0",
            ["supports_synthesize_streaming"] = true,
            ["voices"] = new JsonArray([.. Voices.All.Keys.Select(v => new JsonObject
            {
                ["name"] = v,
                ["attribution"] = Attribution,
                ["installed"] = true,
                ["languages"] = new JsonArray("en_US"),
                ["speakers"] = null,
                ["other_field"] = 7,
            })]),
        }),
        ["asr"] = new JsonArray(),
    }, default);

    private static JsonObject Attribution => new() { ["name"] = "stand-in", ["url"] = "https://example.com" };

    private static JsonObject Format => new() { ["rate"] = Take.Rate, ["width"] = sizeof(short), ["channels"] = 1 };

    /// <summary>Serves it until it hangs up.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await WyomingEvent.ReadAsync(_stream, _gone.Token) is { } come)
            {
                _request.Add(come.Type + " " + come.Data.ToJsonString());
                await ActAsync(come);
            }

            _request.End(!_speaking.IsCompleted);
        }
        catch (Exception e) when (IsGone(e))
        {
            _request.End(!_isBroken);
        }
        finally
        {
            await _gone.CancelAsync();
            await _speaking;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _gone.Dispose();
        _writing.Dispose();
    }

    private async Task ActAsync(WyomingEvent come)
    {
        switch (come.Type)
        {
            case "describe":
                await WriteAsync(Info);
                break;
            case "ping":
                await WriteAsync(new WyomingEvent("pong", come.Data, default));
                break;
            case "synthesize" when !_isStreaming:
                Begin(come);
                Say(Sentences((string?)come.Data["text"] ?? ""), isLast: false);
                break;
            case "synthesize-start":
                Begin(come);
                _isStreaming = true;
                break;
            case "synthesize-chunk" when _isStreaming:
                string[] parts = Sentences(_text + (string?)come.Data["text"]);
                Say(parts.SkipLast(1), isLast: false);
                _text = parts.LastOrDefault() ?? "";
                break;
            case "synthesize-stop" when _isStreaming:
                Say(Sentences(_text), isLast: true);
                _text = "";
                _isStreaming = false;
                break;
            default:
                break;
        }
    }

    private void Begin(WyomingEvent come)
    {
        _voice = (string?)come.Data["voice"]?["name"] ?? Voices.All.Keys.First();
        _how = _upstream.BehaviourFor(_voice);
        if (_how.ChunkBytes == new Behaviour().ChunkBytes)
            _how = _how with { ChunkBytes = ChunkBytes };
        _delivery = new Delivery(_how, _request, _gone.Token);
    }

    /// <summary>Speaks sentences behind those that are being spoken; events are read meanwhile.</summary>
    private void Say(IEnumerable<string> sentences, bool isLast)
    {
        string[] said = [.. sentences];
        string voice = _voice;
        Behaviour how = _how;
        Delivery delivery = _delivery!;
        _speaking = AfterAsync(_speaking);

        async Task AfterAsync(Task before)
        {
            await before;
            try
            {
                if (said.Length > 0)
                    await SpeakAsync(how, delivery, voice, said);
                if (isLast)
                    await WriteAsync(new WyomingEvent("synthesize-stopped", [], default));
            }
            catch (BrokenOffException)
            {
                _isBroken = true;
                _client.Client.Close(0);
            }
            catch (Exception e) when (IsGone(e))
            {
                // Whoever reads from the client notices.
            }
        }
    }

    private async Task SpeakAsync(Behaviour how, Delivery delivery, string voice, string[] sentences)
    {
        if (how.Html)
            await WriteAsync("<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n"u8.ToArray());
        if (how.Status is not null || how.Html || !Voices.All.ContainsKey(voice))
        {
            await WriteAsync(new WyomingEvent("error", new JsonObject
            {
                ["text"] = Voices.All.ContainsKey(voice) ? "Something broke upstream." : $"There is no voice {voice}.",
                ["code"] = "tts-error",
            }, default));
            return;
        }

        foreach (string sentence in sentences)
        {
            Take take = await Take.OfAsync(new Part(voice, sentence.Trim()));
            await WriteAsync(new WyomingEvent("audio-start", Format, default));
            byte[] samples = MemoryMarshal.AsBytes<short>(take.Samples).ToArray();
            await delivery.WriteAsync(samples, take.Length, piece => how.Garbage
                ? WriteAsync(Answer.Garbage(piece.Length))
                : WriteAsync(new WyomingEvent("audio-chunk", Format, piece)));
            await WriteAsync(new WyomingEvent("audio-stop", [], default));
        }
    }

    private Task WriteAsync(WyomingEvent sent) => WriteAsync(sent.ToBytes());

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync(_gone.Token);
        try
        {
            await _stream.WriteAsync(bytes, _gone.Token);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static bool IsGone(Exception e)
        => e is IOException or OperationCanceledException or ObjectDisposedException;

    private static string[] Sentences(string text) => [.. SentenceEnd().Split(text).Where(s => s.Trim().Length > 0)];

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
