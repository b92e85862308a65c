using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>The Wyoming service that speaks, fixed by the settings.Current. Any thread.</summary>
/// <param name="settings">Where it is.</param>
internal sealed class WyomingUpstream(LiveSettings settings)
{
    // Piper's list of voices and speakers has a few hundred kilobytes.
    private const int MostBytes = 16 << 20;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task _asking = Task.CompletedTask;
    private JsonElement? _info;

    /// <summary>Whether the settings name one.</summary>
    public bool IsNamed => settings.Current.Wyoming is not null;

    /// <summary>Connects for one line.</summary>
    /// <exception cref="IOException">It cannot be reached; the message says where and what to do.</exception>
    public async Task<WyomingStream> ConnectAsync(CancellationToken cancellation)
    {
        if (settings.Current.Wyoming is not { } address)
        {
            throw new IOException("There is no Wyoming service that speaks behind this. Name one with --wyoming, or "
                + "under serve: in host.yaml.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ConnectLimit);
        try
        {
            await socket.ConnectAsync(address.IdnHost, address.Port, limit.Token);
            return new WyomingStream(
                new NetworkStream(socket, ownsSocket: true), MostBytes, settings.Current.Limits.Idle);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            string reason = e is SocketException ? e.Message : $"no answer within {ConnectLimit.TotalSeconds:0} s";
            throw new IOException($"The speech service cannot be reached at {address.Authority}: {reason}. Check that "
                + "it runs, and --wyoming.", e);
        }
    }

    /// <summary>What it says of itself: asks anew, and gives what is known when that takes longer.</summary>
    /// <param name="patience">How long to wait for the answer.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The data of its <c>info</c>; null where it has never answered.</returns>
    public async Task<JsonElement?> InfoAsync(TimeSpan patience, CancellationToken cancellation)
    {
        Task asking;
        lock (_gate)
        {
            if (_asking.IsCompleted)
                _asking = AskAsync();
            asking = _asking;
        }

        try
        {
            await asking.WaitAsync(patience, cancellation);
        }
        catch (TimeoutException)
        {
            // Whoever asks next finds it.
        }

        lock (_gate)
            return _info;
    }

    /// <summary>Whether it takes the text of a voice in pieces, and tells when all of it was spoken.</summary>
    /// <param name="voice">The voice, or nothing for its own choice.</param>
    /// <param name="cancellation">Ends the waiting for what it says of itself.</param>
    public async Task<bool> StreamsAsync(string? voice, CancellationToken cancellation)
    {
        JsonElement? known;
        lock (_gate)
            known = _info;
        known ??= await InfoAsync(ConnectLimit, cancellation);
        if (known is not { } info || !info.TryGetProperty("tts", out JsonElement programs)
            || programs.ValueKind != JsonValueKind.Array)
            return false;
        JsonElement[] all = [.. programs.EnumerateArray().Where(static p => p.ValueKind == JsonValueKind.Object)];
        JsonElement program = all.FirstOrDefault(p => Speaks(p, voice), all.FirstOrDefault());
        return program.ValueKind == JsonValueKind.Object
            && program.TryGetProperty("supports_synthesize_streaming", out JsonElement streams)
            && streams.ValueKind == JsonValueKind.True;
    }

    private static bool Speaks(JsonElement program, string? voice) =>
        program.TryGetProperty("voices", out JsonElement voices) && voices.ValueKind == JsonValueKind.Array
        && voices.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Object
            && one.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
            && name.ValueEquals(voice));

    private async Task AskAsync()
    {
        if (!IsNamed)
            return;
        using var limit = new CancellationTokenSource(AskLimit);
        try
        {
            await using WyomingStream stream = await ConnectAsync(limit.Token);
            await stream.WriteAsync(new WyomingEvent("describe"), limit.Token);
            while (await stream.ReadAsync(limit.Token) is { } answer)
            {
                if (answer.Type != "info")
                    continue;
                JsonElement info = JsonSerializer.SerializeToElement(answer.Data);
                lock (_gate)
                    _info = info;
                return;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OperationCanceledException
            or InvalidOperationException)
        {
            // What it said before holds; a line that needs it says what is wrong.
        }
    }
}
