using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>SIGHUP reads the settings again and touches no line.</summary>
public sealed class ReloadTests : IDisposable
{
    private const int HangUp = 1;
    private const string Line = "r3x/process?preset=mine&seed=7&level=off&input_format=mp3&output_format=pcm_44100";

    private readonly string _presets = TestHost.PresetFolder(
        ("mine", "preset: 1\nchain:\n  - tremolo\n  - limiter\n"), ("neutral", "preset: 1\nchain:\n  - gain\n"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_presets, recursive: true);

    [Fact]
    public async Task A_line_that_streams_through_a_reload_is_the_same_byte_for_byte_and_the_next_has_the_new_settings()
    {
        await SettingsAsync("serve:\n  token: first\n  voices: { alloy: mine }\n");
        await using ServerProcess server = await ServerProcess.StartAsync("--presets", _presets);
        byte[] undisturbed = await ProcessAsync(server, "first", static () => Task.CompletedTask);

        byte[] disturbed = await ProcessAsync(server, "first", async () =>
        {
            await SettingsAsync("serve:\n  token: second\n  wyoming-address: '*'\n  limits: { body: 1000 }\n");
            await File.WriteAllTextAsync(
                Path.Combine(_presets, "mine.yaml"), "preset: 1\nchain:\n  - gain:\n      level: -20 dB\n", Stop);
            server.Signal(HangUp);
            await SaidAsync(server, "Reloaded: token, voices, limits.");
        });

        Assert.InRange(undisturbed.Length, 300_000, 500_000);
        Assert.Equal(undisturbed, disturbed);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, "first"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(server, "second"));
        Assert.Contains("wyoming-address: needs a restart; until then 127.0.0.1 stays", server.Errors,
            StringComparison.Ordinal);
        Assert.DoesNotContain("second", server.Errors + server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_file_leaves_what_held_before()
    {
        await SettingsAsync("serve:\n  token: first\n");
        await using ServerProcess server = await ServerProcess.StartAsync("--presets", _presets);
        await SettingsAsync("serve:\n  token: second\n  prot: 1\n");
        server.Signal(HangUp);
        await SaidAsync(server, "Nothing was reloaded");

        Assert.Contains("\"prot\" is not part of serve", server.Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "first"));
        await SettingsAsync("serve:\n  token: third\n");
        server.Signal(HangUp);
        await SaidAsync(server, "Reloaded: token.");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "third"));
    }

    [Fact]
    public async Task A_server_that_others_reach_keeps_its_token()
    {
        await SettingsAsync("serve:\n  address: '*'\n  token: first\n");
        await using ServerProcess server = await ServerProcess.StartAsync("--presets", _presets);
        server.Client.BaseAddress = new Uri($"http://127.0.0.1:{server.Address.Port}");
        await SettingsAsync("serve:\n  address: '*'\n");
        server.Signal(HangUp);
        await SaidAsync(server, "The token stays");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, ""));
    }

    [Fact]
    public async Task A_token_comes_from_a_file_and_is_read_again()
    {
        string file = Path.Combine(_presets, "token");
        await File.WriteAllTextAsync(file, "first\n", Stop);
        await using ServerProcess server = await ServerProcess.StartAsync(
            new Dictionary<string, string> { ["R3X_TOKEN_FILE"] = file }, "--presets", _presets);
        HttpStatusCode before = await StatusAsync(server, "first");
        await File.WriteAllTextAsync(file, "second\n", Stop);
        server.Signal(HangUp);
        await SaidAsync(server, "Reloaded: token.");

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "second"));
    }

    private static async Task SaidAsync(ServerProcess server, string words)
    {
        while (!server.Errors.Contains(words, StringComparison.Ordinal))
            await Task.Delay(20, Stop);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Line)
        {
            Content = new ByteArrayContent(Asking.Line),
        };
        request.Headers.Add("X-R3X-Token", token);
        using HttpResponseMessage answer = await server.Client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    // The second half of the line is sent when its first half is being answered, and something has happened.
    private static async Task<byte[]> ProcessAsync(ServerProcess server, string token, Func<Task> inTheMiddle)
    {
        int half = Asking.Line.Length / 2;
        using RawConnection connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync("/" + Line + "&token=" + token);
        await connection.SendChunksAsync(Asking.Line.AsMemory(0, half));
        List<byte> answer = [];
        while (answer.Count < 50_000)
            answer.AddRange(await ReadAsync(connection));
        await inTheMiddle();
        await connection.SendChunksAsync(Asking.Line.AsMemory(half));
        await connection.EndBodyAsync();
        while (!CollectionsMarshal.AsSpan(answer).EndsWith("\r\n0\r\n\r\n"u8))
            answer.AddRange(await ReadAsync(connection));
        return Body(CollectionsMarshal.AsSpan(answer));
    }

    private static async Task<byte[]> ReadAsync(RawConnection connection) =>
        System.Text.Encoding.Latin1.GetBytes(await connection.ReadAsync());

    // Where the answer was cut into chunks is chance.
    private static byte[] Body(ReadOnlySpan<byte> answer)
    {
        List<byte> body = [];
        ReadOnlySpan<byte> rest = answer[(answer.IndexOf("\r\n\r\n"u8) + 4)..];
        while (true)
        {
            int end = rest.IndexOf("\r\n"u8);
            int length = int.Parse(rest[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
                return [.. body];
            body.AddRange(rest.Slice(end + 2, length));
            rest = rest[(end + 2 + length + 2)..];
        }
    }

    private Task SettingsAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_presets, "host.yaml"), "host: 1\n" + text, Stop);
}
