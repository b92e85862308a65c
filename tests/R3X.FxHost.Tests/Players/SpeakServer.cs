using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Players;

/// <summary>
/// What a player sees of <c>r3x serve</c>, and of what else may listen on its port: it takes a line and answers as the
/// test says.
/// </summary>
internal sealed class SpeakServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<SpeakRequest, Task> _answer;

    /// <summary>Begins to listen.</summary>
    /// <param name="answer">Answers a request, whose head has been read.</param>
    public SpeakServer(Func<SpeakRequest, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>One that hears lines to their end.</summary>
    public static SpeakServer ThatSpeaks() => new(static async request =>
    {
        await request.BeginEventsAsync();
        await request.TellAsync("queued");
        await request.ReadBodyAsync();
        await request.TellAsync("speaking");
        await request.TellAsync("done", 1_000);
    });

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>What a player needs in its environment to find it.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["R3X_SERVE"] = Address };

    /// <summary>The requests, in the order of their ends.</summary>
    public List<SpeakRequest> Requests { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var request = new SpeakRequest(client.GetStream());
            try
            {
                await request.ReadHeadAsync();
                lock (Requests)
                    Requests.Add(request);
                await _answer(request);
            }
            catch (IOException)
            {
                // The player went away.
            }
            finally
            {
                request.Ended.TrySetResult();
            }
        }
    }
}
