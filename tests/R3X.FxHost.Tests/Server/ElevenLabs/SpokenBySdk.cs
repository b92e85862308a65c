using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.StandIn;
using Xunit;

namespace R3X.FxHost.Tests.Server.ElevenLabs;

/// <summary>
/// Every call that assistants make with ElevenLabs' own client for Node, made once, in one process: it takes seconds to
/// load.
/// </summary>
public sealed class SpokenBySdk : IAsyncLifetime
{
    public const string Text = "Good evening, pilots. The next song is for you.";
    public const string Clicks = "one two three four five six seven eight nine ten";

    private readonly Dictionary<string, JsonObject> _answers = [];

    /// <summary>What a call came to.</summary>
    internal JsonObject this[string name] => _answers[name];

    public async ValueTask InitializeAsync()
    {
        await using Upstream upstream = await Upstream.StartAsync();
        await using ServerProcess server = await ServerProcess.StartAsync("--elevenlabs", upstream.Address);
        object dialogue = new[]
        {
            new { text = "Good evening. ", voiceId = "adam@excited" }, new { text = "You too.", voiceId = "nova" },
        };
        (string Name, object Call)[] calls =
        [
            ("convert", Call("convert", "adam@excited", new { text = Text, outputFormat = "pcm_24000" })),
            ("stream", Call("stream", "adam@excited", new { text = Text })),
            ("object", Call("convertWithTimestamps", "clicks@dry", new { text = Clicks })),
            ("lines", Call("streamWithTimestamps", "clicks@dry", new { text = Clicks })),
            ("spoken lines",
                Call("streamWithTimestamps", "adam@excited", new { text = Text, outputFormat = "pcm_24000" })),
            ("dialogue", Call("dialogue", null, new { inputs = dialogue, outputFormat = "pcm_24000" })),
            ("dialogue stream", Call("dialogueStream", null, new { inputs = dialogue, outputFormat = "pcm_24000" })),
            ("dialogue object", Call("dialogueWithTimestamps", null, new { inputs = dialogue })),
            ("dialogue lines", Call("dialogueStreamWithTimestamps", null, new { inputs = dialogue })),
            ("other voice", Call("speechToSpeech", "adam", new { })),
            ("voices", Call("voices", null, new { })),
            ("found voices", Call("searchVoices", null, new { })),
            ("models", Call("models", null, new { })),
            ("user", Call("user", null, new { })),
            ("nobody", Call("stream", "nobody@excited", new { text = Text })),
        ];
        IReadOnlyList<JsonObject> answers = await new NodeClient(
            "elevenlabs.mjs", server.Address.AbsoluteUri.TrimEnd('/')).CallAsync(
            [.. calls.Select(c => c.Call)]);
        for (int i = 0; i < calls.Length; i++)
            _answers[calls[i].Name] = answers[i];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static object Call(string call, string? voice, object request) => new
    {
        // A speaker of its own has no lines before this one to be as loud as.
        call, voice, request, options = new { queryParams = new { r3x_seed = 1, r3x_speaker = $"{call} of {voice}" } },
    };
}
