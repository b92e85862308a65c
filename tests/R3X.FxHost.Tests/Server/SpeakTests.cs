using System.IO;
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>Lines on the server's loudspeaker.</summary>
public sealed class SpeakTests(QuietServer server) : IClassFixture<QuietServer>
{
    private static readonly byte[] Line = File.ReadAllBytes(
        Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3"));

    private HttpClient Client => server.Process.Client;

    [Fact]
    public async Task A_line_is_heard_to_its_end()
    {
        JsonNode end = await SpeakAsync("preset=radio");

        Assert.Equal("done", (string?)end["state"]);
        Assert.Equal("radio", (string?)end["preset"]);
        Assert.True((double)end["heard_ms"]! >= (double)end["duration_ms"]! - 1);
    }

    private async Task<JsonNode> SpeakAsync(string query)
    {
        using HttpResponseMessage answer = await Client.PostAsync(
            $"r3x/speak?{query}", new ByteArrayContent(Line), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
