using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>How the tests ask a server.</summary>
internal static class Asking
{
    /// <summary>The bundled line, 4.4 s of MP3.</summary>
    public static byte[] Line { get; } = File.ReadAllBytes(
        Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asks, and reads the answer as JSON.</summary>
    public static async Task<JsonNode> AskAsync(
        this HttpClient client, string method, string path, byte[]? body = null, int status = 200)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        using HttpResponseMessage answer = await client.SendAsync(request, Stop);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Changes what a server has.</summary>
    public static async Task<JsonNode> PutAsync(this HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json"));
        using HttpResponseMessage answer = await client.PutAsync(path, content, Stop);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
    }

    /// <summary>Follows what is heard. What happens after the task has ended is told.</summary>
    public static async Task<IAsyncEnumerable<(string Name, JsonNode Data)>> FollowAsync(
        this HttpClient client, string path)
    {
        HttpResponseMessage answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return ReadAsync(answer);

        static async IAsyncEnumerable<(string Name, JsonNode Data)> ReadAsync(HttpResponseMessage answer)
        {
            using (answer)
            {
                await using Stream stream = await answer.Content.ReadAsStreamAsync(Stop);
                await foreach (SseItem<string> one in SseParser.Create(stream).EnumerateAsync(Stop))
                    yield return (one.EventType, JsonNode.Parse(one.Data)!);
            }
        }
    }

    /// <summary>Waits until a line is in a state, or beyond it.</summary>
    public static async Task<JsonNode> StateAsync(this HttpClient client, string line, params string[] states)
    {
        while (true)
        {
            JsonNode status = await client.AskAsync("GET", $"r3x/utterances/{line}");
            if (System.Array.IndexOf(states, (string?)status["state"]) >= 0)
                return status;
            await Task.Delay(20, Stop);
        }
    }
}
