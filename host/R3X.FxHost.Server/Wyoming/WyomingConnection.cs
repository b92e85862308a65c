using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>One caller of the Wyoming protocol: says what there is, speaks lines one behind the other, plays sounds.
/// </summary>
/// <param name="services">What lines need.</param>
/// <param name="socket">The connection, which is closed at the end.</param>
[SuppressMessage("Usage", "CA2213", Justification = "RunAsync ends them, which waits for what is spoken.")]
internal sealed class WyomingConnection(WyomingServices services, Socket socket) : IDisposable
{
    // A chunk of samples is a few kilobytes, a text at most a few hundred.
    private const int MostBytes = 4 << 20;

    // Lines that wait on one connection; a caller who asks for more is not read until one has ended.
    private const int MostWaiting = 4;

    // Home Assistant gives up after a second.
    private static readonly TimeSpan InfoPatience = TimeSpan.FromMilliseconds(500);

    private readonly IPAddress? _caller = (socket.RemoteEndPoint as IPEndPoint)?.Address;
    private readonly CancellationTokenSource _gone = new();
    private readonly WyomingStream _stream = new(
        new NetworkStream(socket, ownsSocket: true), MostBytes, services.Settings.Limits.Idle);

    private Task _lines = Task.CompletedTask;
    private int _waiting;
    private Task _played = Task.CompletedTask;
    private LineRequest? _request;
    private PlayedSound? _sound;

    /// <summary>Serves the caller until it hangs up, or says nothing for long while nothing is spoken for it.</summary>
    /// <param name="stopping">The server stops: what is being spoken is the last.</param>
    /// <param name="abort">The server has to stop now.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        await using CancellationTokenRegistration registration = abort.Register(_gone.Cancel);
        try
        {
            await ServeAsync(stopping);
        }
        catch (InvalidDataException e)
        {
            await TryWriteAsync(WyomingEvent.Error(e.Message, "invalid-event"));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has gone.
        }
        finally
        {
            _sound?.Complete();
            await _gone.CancelAsync();
            await _lines;
            await _stream.DisposeAsync();
            await _played;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gone.Dispose();

    private async Task ServeAsync(CancellationToken stopping)
    {
        while (true)
        {
            Task<WyomingEvent?> read = _stream.ReadAsync(_gone.Token);
            while (!read.IsCompleted)
            {
                try
                {
                    await read.WaitAsync(services.Settings.Limits.Idle, stopping);
                }
                catch (TimeoutException) when (IsBusy)
                {
                    // It listens.
                }
                catch (TimeoutException)
                {
                    throw new InvalidDataException(
                        $"Nothing was said for {services.Settings.Limits.Idle.TotalSeconds:0} s.");
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    _request?.Complete();
                    _sound?.Complete();
                    await Task.WhenAll(_lines, _played);
                    return;
                }
            }

            if (await read is not { } come)
                return;
            await ActAsync(come);
        }
    }

    // Whether the caller has said all it has to say for now.
    private bool IsBusy => (!_lines.IsCompleted && _request is not { IsComplete: false })
        || (!_played.IsCompleted && _sound is null);

    private async Task ActAsync(WyomingEvent come)
    {
        switch (come.Type)
        {
            case "describe":
                await DescribeAsync();
                break;
            case "ping":
                await _stream.WriteAsync(come with { Type = "pong", Payload = default }, _gone.Token);
                break;
            case "synthesize" when _request is not { IsComplete: false }:
                await BeginLineAsync(come.Data, isStreamed: false);
                _request!.Add(come.Text("text") ?? "");
                _request.Complete();
                break;
            case "synthesize-start":
                _request?.Complete();
                await BeginLineAsync(come.Data, isStreamed: true);
                break;
            case "synthesize-chunk":
                _request?.Add(come.Text("text") ?? "");
                break;
            case "synthesize-stop":
                _request?.Complete();
                break;
            case "audio-start":
                _sound?.Complete();
                BeginSound(come.Data);
                await _sound!.AddAsync(come, _gone.Token);
                break;
            case "audio-chunk" when _sound is not null:
                await _sound.AddAsync(come, _gone.Token);
                break;
            case "audio-stop":
                _sound?.Complete();
                _sound = null;
                break;
            default:
                // A synthesize inside a stream repeats its text; what else there is belongs to other services.
                break;
        }
    }

    private async Task DescribeAsync()
    {
        JsonElement? known = services.Upstream.IsNamed
            ? await services.Upstream.InfoAsync(InfoPatience, _gone.Token) : null;
        JsonObject info = VoiceOffer.Of(known, services.Upstream.IsNamed, services.Voices.Sounds);
        await _stream.WriteAsync(new WyomingEvent("info", info), _gone.Token);
    }

    private async Task BeginLineAsync(JsonObject data, bool isStreamed)
    {
        if (Volatile.Read(ref _waiting) >= MostWaiting)
            await _lines;
        _request = new LineRequest(services, data);
        Interlocked.Increment(ref _waiting);
        _lines = SpeakAsync(_lines, new SynthesizedLine(services, _stream, _caller, _request, isStreamed));
    }

    private async Task SpeakAsync(Task before, SynthesizedLine line)
    {
        await before;
        try
        {
            await line.RunAsync(_gone.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            await _gone.CancelAsync();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void BeginSound(JsonObject start)
    {
        try
        {
            _sound = PlayedSound.Begin(services, _caller, start);
        }
        catch (IOException e)
        {
            throw new InvalidDataException(e.Message, e);
        }

        _played = TellAsync(_played, _sound);
    }

    private async Task TellAsync(Task before, PlayedSound sound)
    {
        UtteranceEnd end;
        using (sound)
            end = await sound.Finished;
        await before;
        if (end.Failure is { } failure)
            await TryWriteAsync(WyomingEvent.Error(failure.Message, "not-played"));
        // The caller waits for it, whatever became of the sound.
        await TryWriteAsync(new WyomingEvent("played"));
    }

    private async Task TryWriteAsync(WyomingEvent sent)
    {
        try
        {
            await _stream.WriteAsync(sent, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has hung up.
        }
    }
}
