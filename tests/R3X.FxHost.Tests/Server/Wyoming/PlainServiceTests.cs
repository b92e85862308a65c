using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

public sealed class PlainServiceTests
{
    private static JsonObject Info => new()
    {
        ["tts"] = new JsonArray(new JsonObject
        {
            ["name"] = "plain", ["installed"] = true,
            ["voices"] = new JsonArray(
                new JsonObject { ["name"] = "a", ["languages"] = new JsonArray("de"), ["description"] = "Anna" },
                new JsonObject
                {
                    ["name"] = "b", ["languages"] = new JsonArray(),
                    ["speakers"] = new JsonArray(new JsonObject { ["name"] = "p1" }),
                }),
        }),
    };

    [Fact]
    public async Task Every_voice_is_offered_by_itself_and_with_every_preset()
    {
        await using var service = new PlainService(Info, static _ => Task.CompletedTask);
        await using ServerProcess server = await ServerProcess.StartAsync("--wyoming", service.Address);
        using var python = new PythonClient(server.Wyoming.Port);

        JsonNode info = (await python.DescribeAsync())["info"]!;

        JsonObject[] voices = [.. ((JsonArray)info["tts"]![0]!["voices"]!).OfType<JsonObject>()];
        string[] names = [.. voices.Select(static voice => (string)voice["name"]!)];
        Assert.Superset(
            new HashSet<string> { "a", "a@excited", "a@dj-r3x", "a@dry", "b", "b@radio", "b@dry" }, names.ToHashSet());
        Assert.DoesNotContain("a@host", names);
        JsonObject excited = voices.Single(static voice => (string?)voice["name"] == "a@excited");
        Assert.Equal("Anna (Excited)", (string?)excited["description"]);
        Assert.All(voices, static voice =>
        {
            Assert.Equal("de", (string?)voice["languages"]![0]);
            Assert.True((bool)voice["installed"]!);
            Assert.NotNull(voice["attribution"]!["name"]);
        });
        JsonObject dry = voices.Single(static voice => (string?)voice["name"] == "b@dry");
        Assert.Equal("p1", (string?)dry["speakers"]![0]!["name"]);
        Assert.True((bool)info["tts"]![0]!["supports_synthesize_streaming"]!);
        Assert.Equal(48_000, (int)info["snd"]![0]!["snd_format"]!["rate"]!);
    }

    [Fact]
    public async Task Info_comes_though_the_service_never_answers()
    {
        await using var service = new PlainService(null, static _ => Task.CompletedTask);
        await using ServerProcess server = await ServerProcess.StartAsync("--wyoming", service.Address);
        using var python = new PythonClient(server.Wyoming.Port);

        JsonNode info = (await python.DescribeAsync())["info"]!;

        JsonObject[] voices = [.. ((JsonArray)info["tts"]![0]!["voices"]!).OfType<JsonObject>()];
        Assert.Contains(voices, static voice => (string?)voice["name"] == "@excited");
        Assert.All(voices, static voice => Assert.Equal("en", (string?)voice["languages"]![0]));
    }

    [Fact]
    public async Task Text_in_pieces_is_collected_for_a_service_that_takes_it_whole_and_no_sample_is_lost()
    {
        short[] sent = [.. Enumerable.Range(0, 24_000).Select(static i => (short)(9_000 * Math.Sin(i / 20.0)))];
        byte[] bytes = MemoryMarshal.AsBytes<short>(sent).ToArray();
        await using var service = new PlainService(Info, async socket =>
        {
            var format = new JsonObject { ["rate"] = 24_000, ["width"] = 2, ["channels"] = 1 };
            await socket.SendAsync("audio-start", (JsonObject)format.DeepClone());
            for (int at = 0, size = 1; at < bytes.Length; at += size, size = 1 + (at * 7 % 2_001))
            {
                byte[] piece = bytes[at..Math.Min(bytes.Length, at + size)];
                await socket.SendAsync("audio-chunk", (JsonObject)format.DeepClone(), piece);
            }

            await socket.SendAsync("audio-stop", []);
        });
        await using ServerProcess server = await ServerProcess.StartAsync("--wyoming", service.Address);
        using var python = new PythonClient(server.Wyoming.Port);

        JsonNode said = await python.SayAsync(new JsonObject
        {
            ["pieces"] = new JsonArray("One. ", "Two", "."), ["voice"] = new JsonObject { ["name"] = "a@dry" },
        });

        Assert.Equal("One. Two.", service.Text);
        Assert.Equal("synthesize-stopped", (string?)((JsonArray)said["events"]!).Last());
        Assert.Equal(bytes, python.Sound);
    }

    [Fact]
    public async Task A_sentence_in_another_format_is_brought_to_the_first_one_s()
    {
        static byte[] Tone(int rate) => MemoryMarshal.AsBytes<short>(Enumerable.Range(0, rate / 2)
            .Select(i => (short)(9_000 * Math.Sin(2 * Math.PI * 440 * i / rate))).ToArray()).ToArray();
        await using var service = new PlainService(Info, async socket =>
        {
            foreach (int rate in (int[])[24_000, 48_000])
            {
                var format = new JsonObject { ["rate"] = rate, ["width"] = 2, ["channels"] = 1 };
                await socket.SendAsync("audio-chunk", format, Tone(rate));
            }

            await socket.SendAsync("audio-stop", []);
        });
        await using ServerProcess server = await ServerProcess.StartAsync("--wyoming", service.Address);
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(server.Wyoming.Port);
        await socket.SendAsync("synthesize", new JsonObject
        {
            ["text"] = "x", ["voice"] = new JsonObject { ["name"] = "a@dry" },
        });

        List<SocketEvent> events = await socket.ReceiveUntilAsync("audio-stop");

        Assert.Equal("audio-start audio-chunk audio-stop", WyomingSocket.TypesOf(events));
        Assert.All(events.Where(static one => one.Type == "audio-chunk"),
            static chunk => Assert.Equal(24_000, (int)chunk.Data["rate"]!));
        float[] heard = TakeOf.Floats(WyomingSocket.SoundOf(events));
        Assert.InRange(heard.Length, 24_000 - 2, 24_000 + 2);
        // Each half in itself: 440 Hz, which repeats every 600 samples.
        Assert.True(Noise.ResidualDecibels(heard.AsSpan(13_200, 6_000), heard.AsSpan(13_800, 6_000)) < -40);
    }

    [Fact]
    public async Task A_service_that_falls_silent_is_given_up()
    {
        await using var service = new PlainService(Info, static async socket =>
        {
            var format = new JsonObject { ["rate"] = 24_000, ["width"] = 2, ["channels"] = 1 };
            await socket.SendAsync("audio-chunk", format, new byte[2_000]);
        });
        await using ServerProcess server = await ServerProcess.StartAsync(
            "--wyoming", service.Address, "--limit", "idle=1 s");
        using WyomingSocket socket = await WyomingSocket.ConnectAsync(server.Wyoming.Port);
        await socket.SendAsync("synthesize", new JsonObject
        {
            ["text"] = "x", ["voice"] = new JsonObject { ["name"] = "a@dry" },
        });

        List<SocketEvent> events = await socket.ReceiveUntilAsync("audio-stop");

        Assert.Equal("audio-start audio-chunk error audio-stop", WyomingSocket.TypesOf(events));
        Assert.Equal(2_000, WyomingSocket.SoundOf(events).Length);
        Assert.Contains("said nothing for 1 s", (string?)events[^2].Data["text"], StringComparison.Ordinal);
        // Nobody says anything now, and the server hangs up.
        Assert.Equal("error", (await socket.ReceiveAsync())?.Type);
        Assert.Null(await socket.ReceiveAsync());
    }
}
