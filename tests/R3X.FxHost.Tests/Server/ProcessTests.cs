using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>Lines that are answered with effects.</summary>
public sealed class ProcessTests(QuietServer server, SpokenLines lines) : IClassFixture<QuietServer>,
    IClassFixture<SpokenLines>
{
    private HttpClient Client => server.Process.Client;

    [Fact]
    public async Task A_whole_line_has_the_samples_that_render_gives_it()
    {
        (await R3xProcess.RunAsync(lines.Folder, "render", "line.mp3", "--preset", "excited", "--seed", "7", "-o",
            "rendered.wav")).Ended(0);

        using HttpResponseMessage answer = await Client.PostAsync("r3x/process?preset=excited&seed=7",
            new ByteArrayContent(Asking.Line), TestContext.Current.CancellationToken);
        byte[] wav = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("excited", Assert.Single(answer.Headers.GetValues("X-R3X-Preset")));
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Samples(lines.Bytes("rendered.wav")), Samples(wav));
    }

    [Fact]
    public async Task A_line_is_answered_while_it_arrives()
    {
        using RawConnection connection = await RawConnection.OpenAsync(server.Process.Address);
        byte[] half = lines.Raw[..48_000];
        await connection.PostAsync(
            "/r3x/process?input_format=pcm_24000&output_format=pcm_24000&preset=radio&dry=false");
        await connection.SendChunksAsync(half);

        // A second of sound comes back, apart from what the chain holds back, before the next is sent.
        int received = 0;
        while (received < half.Length - 4_800)
            received += (await connection.ReadAsync()).Length;
        await connection.SendChunksAsync(half);
        await connection.EndBodyAsync();
        string rest = "";
        while (!rest.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            rest += await connection.ReadAsync();
        received += rest.Length;

        Assert.True(received >= 2 * half.Length, $"{received} bytes came.");
    }

    [Fact]
    public async Task One_request_brings_the_line_with_effects_and_without()
    {
        using HttpResponseMessage answer = await Client.PostAsync(
            "r3x/process?preset=radio&seed=1&dry=keep&input_format=pcm_24000&output_format=f32_24000",
            new ByteArrayContent(lines.Raw), TestContext.Current.CancellationToken);
        byte[] both = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using HttpResponseMessage alone = await Client.PostAsync(
            "r3x/process?preset=radio&seed=1&input_format=pcm_24000&output_format=f32_24000",
            new ByteArrayContent(lines.Raw), TestContext.Current.CancellationToken);
        byte[] processed = await alone.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("multipart/mixed", answer.Content.Headers.ContentType?.MediaType);
        string boundary = answer.Content.Headers.ContentType!.Parameters.Single().Value!;
        string[] parts = System.Text.Encoding.Latin1.GetString(both).Split("\r\n--" + boundary);
        Assert.Equal(4, parts.Length);
        Assert.Equal(System.Text.Encoding.Latin1.GetString(processed), Body(parts[1], "processed"));
        float[] dry = Floats(System.Text.Encoding.Latin1.GetBytes(Body(parts[2], "dry")));
        Assert.Equal(Enumerable.Range(0, lines.Raw.Length / 2).Select(
            i => BitConverter.ToInt16(lines.Raw, i * 2) / 32768f), dry);
        Assert.Equal("--\r\n", parts[3]);
    }

    [Theory]
    [InlineData("mp3_44100_64", "audio/mpeg", "mp3")]
    [InlineData("opus_48000_32", "audio/ogg", "opus")]
    [InlineData("wav_16000", "audio/wav", "pcm_s16le")]
    public async Task A_line_is_answered_in_the_format_that_was_asked_for(string format, string type, string codec)
    {
        using HttpResponseMessage answer = await Client.PostAsync("r3x/process?output_format=" + format,
            new ByteArrayContent(Asking.Line), TestContext.Current.CancellationToken);
        lines.Put("answer", await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(codec, lines.Probe("answer", "codec_name"));
    }

    [Fact]
    public async Task An_unknown_preset_falls_back_and_the_answer_says_so()
    {
        using HttpResponseMessage answer = await Client.PostAsync("r3x/process?preset=exited",
            new ByteArrayContent(Asking.Line), TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("dj-r3x", Assert.Single(answer.Headers.GetValues("X-R3X-Preset")));
        Assert.Contains("exited", Assert.Single(answer.Headers.GetValues("X-R3X-Warning")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preset_is_never_a_file_of_the_machine()
    {
        string file = lines.Put("secret.yaml", "password: swordfish\n");
        foreach (string preset in new[] { file, "../" + file, file + ".yaml", "secret.yaml" })
        {
            using HttpResponseMessage answer = await Client.PostAsync(
                "r3x/process?preset=" + Uri.EscapeDataString(preset), new ByteArrayContent(Asking.Line),
                TestContext.Current.CancellationToken);

            string warning = Assert.Single(answer.Headers.GetValues("X-R3X-Warning"));
            Assert.Contains("no preset", warning, StringComparison.Ordinal);
            Assert.DoesNotContain("password", warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_preset_can_be_heard_beforehand()
    {
        JsonNode list = await Client.AskAsync("GET", "r3x/presets");
        Assert.Contains("radio", list["presets"]!.AsArray().Select(static preset => (string?)preset!["id"]));
        Assert.Equal("dj-r3x", (string?)list["default"]);

        byte[] bundled = await Client.GetByteArrayAsync(
            "r3x/presets/radio/preview?output_format=pcm_24000", TestContext.Current.CancellationToken);
        using HttpResponseMessage own = await Client.PostAsync("r3x/presets/radio/preview?output_format=pcm_24000",
            new ByteArrayContent(Asking.Line[..8_000]), TestContext.Current.CancellationToken);
        JsonNode unknown = await Client.AskAsync("GET", "r3x/presets/nobody/preview", status: 404);

        Assert.True(bundled.Length > 4 * 48_000);
        Assert.InRange((await own.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length,
            1, bundled.Length / 2);
        Assert.Contains("nobody", (string)unknown["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_sound_is_refused()
    {
        JsonNode answer = await Client.AskAsync("POST", "r3x/process", "<html>busy</html>"u8.ToArray(), 422);
        JsonNode both = await Client.AskAsync("POST", "r3x/process?dry=keep", "<html>busy</html>"u8.ToArray(), 422);

        Assert.Contains("text, not audio", (string)answer["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Contains("text, not audio", (string)both["error"]!["message"]!, StringComparison.Ordinal);
    }

    private static string Body(string part, string name)
    {
        Assert.Contains($"name=\"{name}\"", part, StringComparison.Ordinal);
        return part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    private static float[] Floats(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, i * 4))];

    // Sizes in the header of a stream are not known.
    private static byte[] Samples(byte[] wav) => wav[44..];
}
