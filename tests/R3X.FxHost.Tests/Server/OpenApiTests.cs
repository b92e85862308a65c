using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>The description of the server's own interface.</summary>
public sealed class OpenApiTests(QuietServer server) : IClassFixture<QuietServer>
{
    private static readonly string File = Repository.PathOf("docs", "openapi.json");

    private HttpClient Client => server.Process.Client;

    [Fact]
    public async Task The_document_in_docs_is_the_servers()
    {
        string said = Text(await DocumentAsync());
        string kept = Text(JsonNode.Parse(await System.IO.File.ReadAllTextAsync(
            File, TestContext.Current.CancellationToken))!);

        Assert.True(said == kept, "docs/openapi.json is not what the server says. Write it anew: r3x serve, then "
            + "curl -s http://127.0.0.1:7373/openapi/v1.json > docs/openapi.json. The first difference: "
            + said.Split('\n').Zip(kept.Split('\n')).FirstOrDefault(static two => two.First != two.Second));
    }

    [Fact]
    public async Task Every_operation_is_there_and_says_what_it_does()
    {
        JsonNode document = await DocumentAsync();
        foreach ((string path, JsonNode? operations) in document["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in operations!.AsObject())
            {
                using var request = new HttpRequestMessage(
                    new HttpMethod(method.ToUpperInvariant()),
                    path.Replace("{id}", "nobody", StringComparison.Ordinal));
                using HttpResponseMessage answer = await Client.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                string text = $"{method} {path}: {(int)answer.StatusCode}";
                Assert.True(operation!["summary"] is not null, text + " has no summary.");
                Assert.True(operation["responses"]!["default"] is not null, text + " says nothing of errors.");
                Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.True(
                    parameter!["description"] is not null || (string?)parameter["in"] == "path",
                    $"{text} does not say what {parameter["name"]} is."));
                // What is not mapped goes to a speech service, which there is none of, or is answered without a body.
                Assert.NotEqual(405, (int)answer.StatusCode);
                Assert.True((int)answer.StatusCode != 404 || path.Contains('{') || path == "/r3x/cache", text);
            }
        }
    }

    [Fact]
    public async Task What_the_guide_of_the_interface_names_is_in_the_document()
    {
        string[] paths = [.. (await DocumentAsync())["paths"]!.AsObject().SelectMany(static path =>
            path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))];

        Assert.Equal(
            [
                "DELETE /r3x/background", "DELETE /r3x/cache", "DELETE /r3x/turns/{id}", "DELETE /r3x/utterances/{id}",
                "GET /r3x", "GET /r3x/background", "GET /r3x/cache", "GET /r3x/events", "GET /r3x/mic",
                "GET /r3x/presets", "GET /r3x/presets/{id}/preview", "GET /r3x/process", "GET /r3x/queue",
                "GET /r3x/turns/{id}", "GET /r3x/utterances/{id}", "GET /r3x/volume", "POST /r3x/interrupt",
                "POST /r3x/pause", "POST /r3x/presets/{id}/preview", "POST /r3x/process", "POST /r3x/resume",
                "POST /r3x/speak", "POST /r3x/turns", "POST /r3x/turns/{id}/complete", "POST /r3x/warm-up",
                "PUT /r3x/background", "PUT /r3x/volume",
            ],
            paths.Order(StringComparer.Ordinal));
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await Client.GetStringAsync(
        "openapi/v1.json", TestContext.Current.CancellationToken))!;

    private static string Text(JsonNode document) =>
        document.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
