using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>Who may call, how much they may ask for, and what is said of them.</summary>
public sealed class SafetyTests(QuietServer server) : IClassFixture<QuietServer>
{
    private const string Token = "swordfish-4711";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host: 127.0.0.1", 200)]
    [InlineData("Host: localhost:1", 200)]
    [InlineData("Host: [::1]:7373", 200)]
    [InlineData("Host: droid.localhost", 200)]
    [InlineData("Host: evil.example", 403)]
    [InlineData("Host: localhost.evil.example", 403)]
    [InlineData("Host: 127.0.0.1.evil.example", 403)]
    [InlineData("Host: ", 403)]
    [InlineData("Host: localhost\r\nOrigin: http://localhost:3000", 200)]
    [InlineData("Host: localhost\r\nOrigin: http://127.0.0.1", 200)]
    [InlineData("Host: localhost\r\nOrigin: http://[::1]:8080", 200)]
    [InlineData("Host: localhost\r\nOrigin: https://evil.example", 403)]
    [InlineData("Host: localhost\r\nOrigin: http://localhost.evil.example", 403)]
    [InlineData("Host: localhost\r\nOrigin: http://192.168.1.5", 403)]
    [InlineData("Host: localhost\r\nOrigin: file://localhost", 403)]
    [InlineData("Host: localhost\r\nOrigin: null", 403)]
    [InlineData("Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403)]
    [InlineData("Host: localhost\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: no-cors", 200)]
    public async Task Pages_elsewhere_may_not_call_under_any_name(string headers, int status)
    {
        Assert.Equal(status, await StatusAsync(server.Process.Address, "/r3x", headers));
    }

    [Fact]
    public async Task A_page_elsewhere_may_not_open_a_WebSocket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        WebSocketException refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri($"ws://{server.Process.Address.Authority}/r3x/process"), Stop));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_allowed_may_call_and_ask_beforehand()
    {
        await using ServerProcess open = await ServerProcess.StartAsync(
            "--origin", "https://chat.example", "--host", "droid.example");
        using var ask = new HttpRequestMessage(HttpMethod.Options, "r3x/speak");
        ask.Headers.Add("Origin", "https://chat.example");
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        ask.Headers.Add("Access-Control-Request-Private-Network", "true");
        using HttpResponseMessage answer = await open.Client.SendAsync(ask, Stop);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://chat.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("true", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Private-Network")));
        Assert.Equal(200, await StatusAsync(open.Address, "/r3x",
            "Host: droid.example\r\nOrigin: https://chat.example"));
        Assert.Equal(403, await StatusAsync(open.Address, "/r3x", "Host: localhost\r\nOrigin: http://chat.example"));
    }

    [Fact]
    public async Task With_a_token_only_those_who_know_it_come_in_and_nobody_reads_it_in_the_log()
    {
        await using ServerProcess guarded = await ServerProcess.StartAsync(new Dictionary<string, string>
        {
            ["R3X_TOKEN"] = Token,
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            ["Logging__Console__LogLevel__Default"] = "Trace",
            ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
        });
        (string Path, string Header, int Status)[] calls =
        [
            ("/health", "", 200),
            ("/r3x", "", 401),
            ("/r3x", "Authorization: Bearer wrong", 401),
            ("/r3x", "Authorization: Bearer " + Token[..^1], 401),
            ("/r3x?token=" + Token + "x", "", 401),
            ("/r3x", "Authorization: Bearer " + Token, 200),
            ("/r3x", "X-R3X-Token: " + Token, 200),
            ("/r3x?token=" + Token, "", 200),
            ("/v1/text-to-speech/x/stream-input?authorization=" + Token + "&single_use_token=" + Token, "", 401),
            ("/r3x/speak?priority=" + Token + "&token=" + Token, "", 405),
            ("/openapi/v1.json", "", 401),
        ];
        foreach ((string path, string header, int status) in calls)
        {
            string headers = "Host: localhost" + (header.Length > 0 ? "\r\n" + header : "");
            int answered = await StatusAsync(guarded.Address, path, headers);
            Assert.True(status == answered, $"{path} {header}: {answered}");
        }

        Assert.Equal(401, await StatusAsync(guarded.Address, "/r3x/events", "Host: localhost"));
        guarded.Signal(15);
        await guarded.EndAsync();
        Assert.DoesNotContain(Token, guarded.Errors + guarded.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_machines_are_let_in_with_a_token_only()
    {
        foreach ((string variable, string[] arguments) in ((string, string[])[])
            [("", ["--address", "*"]), ("http://*:0", [])])
        {
            Dictionary<string, string> environment = variable.Length > 0
                ? new() { ["Kestrel__Endpoints__Open__Url"] = variable } : [];
            Exception refused = await Assert.ThrowsAnyAsync<Exception>(
                () => ServerProcess.StartAsync(environment, arguments));

            Assert.Contains("callers need a token", refused.Message, StringComparison.Ordinal);
        }

        await using ServerProcess open = await ServerProcess.StartAsync("--address", "*", "--token", Token);
        Assert.Equal(401, await StatusAsync(new Uri($"http://127.0.0.1:{open.Address.Port}"), "/r3x",
            "Host: localhost"));
    }

    [Fact]
    public async Task It_speaks_TLS_by_the_settings_of_its_web_server()
    {
        string file = Path.GetTempFileName();
        try
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest(
                "CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using X509Certificate2 certificate = request.CreateSelfSigned(
                DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "secret"), Stop);
            await using ServerProcess tls = await ServerProcess.StartAsync(new Dictionary<string, string>
            {
                ["Kestrel__Endpoints__Tls__Url"] = "https://127.0.0.1:0",
                ["Kestrel__Endpoints__Tls__Certificate__Path"] = file,
                ["Kestrel__Endpoints__Tls__Certificate__Password"] = "secret",
            });
            while (tls.Addresses.Count < 2)
                await Task.Delay(10, Stop);
            using var handler = new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = (_, shown, _, _) =>
                    shown?.Thumbprint == certificate.Thumbprint,
            };
            using var client = new HttpClient(handler) { BaseAddress = tls.Addresses.Single(
                static address => address.Scheme == "https") };

            JsonNode end = await client.AskAsync("POST", "r3x/speak", Asking.Line[..16_000]);

            Assert.Equal("done", (string?)end["state"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Who_asks_for_too_much_is_told_so()
    {
        await using ServerProcess small = await ServerProcess.StartAsync(
            "--limit", "lines=2", "--limit", "lines-of-one=1", "--limit", "body=30000");
        RawConnection waiting = await RawConnection.OpenAsync(small.Address);
        await waiting.PostAsync("/r3x/speak");
        await waiting.ReadAsync();
        using HttpResponseMessage second = await small.Client.PostAsync(
            "r3x/process", new ByteArrayContent(Asking.Line[..16_000]), Stop);
        waiting.Dispose();
        JsonNode answer;
        int status;
        do
        {
            using HttpResponseMessage large = await small.Client.PostAsync(
                "r3x/process", new ByteArrayContent(Asking.Line), Stop);
            status = (int)large.StatusCode;
            answer = JsonNode.Parse(await large.Content.ReadAsStringAsync(Stop))!;
        }
        while (status == 429);

        Assert.Equal(429, (int)second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Equal(413, status);
        Assert.Contains("limits: body", (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    // As bytes, as clients do not let one say what browsers and attackers do.
    private static async Task<int> StatusAsync(Uri address, string path, string headers)
    {
        using RawConnection connection = await RawConnection.OpenAsync(address);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n");
        using var reader = new StreamReader(connection.Stream);
        string? line = await reader.ReadLineAsync(Stop);
        return line is null ? 0 : int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
