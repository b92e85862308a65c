using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Who is let into the studio.</summary>
public sealed class AccessTests(StudioBrowser browser, SharedStudio quiet) : IClassFixture<SharedStudio>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private StudioServer Server => quiet.Server;

    [Fact]
    public async Task The_key_of_the_address_is_exchanged_for_a_cookie_and_leaves_the_address_bar()
    {
        await using StudioPage studio = await browser.OpenAsync(Server.Address);

        Assert.Equal(new Uri(Server.Address).GetLeftPart(UriPartial.Path), studio.Page.Url);
        BrowserContextCookiesResult cookie = Assert.Single(
            await studio.Page.Context.CookiesAsync(),
            static one => one.Name.StartsWith("r3x-", StringComparison.Ordinal));
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        await studio.Page.ReloadAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "excited", Exact = true }).WaitForAsync();
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task Without_the_key_a_page_says_what_to_do()
    {
        await using StudioPage studio = await browser.OpenAsync(Page);

        Assert.Equal("This page wants its key", await studio.Page.GetByRole(AriaRole.Heading).TextContentAsync());
        await studio.Page.GetByText("the whole address that the program printed").WaitForAsync();
    }

    [Theory]
    [InlineData("/studio", "", 403)]
    [InlineData("/studio?key=", "", 403)]
    [InlineData("/studio?key=0123456789abcdef0123456789abcdef", "", 403)]
    [InlineData("/studio/lines", "", 403)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "", 403)]
    [InlineData("/_content/R3X.FxHost.Studio/studio.css", "", 200)]
    [InlineData("/_content/../studio", "", 403)]
    [InlineData("/_content/%2e%2e/%2e%2e/host.yaml", "", 404)]
    [InlineData("/studio", "Cookie: KEY", 200)]
    [InlineData("/studio?key=wrong", "Cookie: KEY", 200)]
    [InlineData("/_blazor/initializers", "Cookie: KEY", 200)]
    [InlineData("/studio", "Cookie: KEY\r\nOrigin: http://localhost:3000", 403)]
    [InlineData("/studio", "Cookie: KEY\r\nOrigin: https://evil.example", 403)]
    [InlineData("/studio", "Cookie: KEY\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors", 403)]
    [InlineData("/_blazor/initializers", "Cookie: KEY\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors", 403)]
    [InlineData("/_blazor/initializers", "Cookie: KEY\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors", 200)]
    public async Task Only_the_studio_s_own_page_gets_in_and_with_the_key_alone(string path, string headers, int status)
    {
        string cookie = await CookieAsync();
        using RawConnection connection = await RawConnection.OpenAsync(Server.Process.Address);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: {Server.Process.Address.Authority}\r\n"
            + (headers.Length > 0 ? headers.Replace("KEY", cookie, StringComparison.Ordinal) + "\r\n" : "")
            + "Connection: close\r\n\r\n");
        using var reader = new StreamReader(connection.Stream);
        string? line = await reader.ReadLineAsync(Stop);

        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), line?.Split(' ')[1]);
    }

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Pages_elsewhere_open_no_circuit_though_the_browser_sends_the_cookie(string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader("Cookie", await CookieAsync());

        WebSocketException refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri($"ws://{Server.Process.Address.Authority}/_blazor"), Stop));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_framed_nowhere_kept_nowhere_and_runs_no_foreign_script()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Add("Cookie", await CookieAsync());
        using HttpResponseMessage answer = await Server.Process.Client.SendAsync(request, Stop);

        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task A_server_with_a_token_asks_for_it_and_neither_is_logged()
    {
        const string Token = "swordfish-4711";
        await using StudioServer guarded = await StudioServer.StartAsync(new Dictionary<string, string>
        {
            ["R3X_TOKEN"] = Token, ["Logging__LogLevel__Default"] = "Trace",
        });
        await using StudioPage studio = await browser.OpenAsync(guarded.Address);
        IPage page = studio.Page;
        await page.GetByLabel("Token").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the studio" }).ClickAsync();
        await page.GetByLabel("Token").FillAsync(Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the studio" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "excited", Exact = true }).WaitForAsync();

        Assert.EndsWith("/studio", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, guarded.Process.Output + guarded.Process.Errors, StringComparison.Ordinal);
        using HttpResponseMessage own = await guarded.Process.Client.GetAsync("r3x", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, own.StatusCode);
    }

    [Fact]
    public async Task The_key_is_new_with_every_start()
    {
        await using StudioServer other = await StudioServer.StartAsync();

        Assert.NotEqual(new Uri(Server.Address).Query, new Uri(other.Address).Query);
        Assert.Equal("?key=".Length + 32, new Uri(other.Address).Query.Length);
    }

    private string Page => new Uri(Server.Address).GetLeftPart(UriPartial.Path);

    private async Task<string> CookieAsync()
    {
        using var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false, UseCookies = false, CheckCertificateRevocationList = true,
        };
        using var client = new HttpClient(handler);
        using HttpResponseMessage answer = await client.GetAsync(new Uri(Server.Address), Stop);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/studio", answer.Headers.Location!.OriginalString);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
