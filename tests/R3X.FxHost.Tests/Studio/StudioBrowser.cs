using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Tests.Studio;
using Xunit;

[assembly: AssemblyFixture(typeof(StudioBrowser))]

namespace R3X.FxHost.Tests.Studio;

/// <summary>Debian's Chromium, driven by Playwright: one for all tests, started with the first page.</summary>
public sealed class StudioBrowser : IAsyncLifetime
{
    private readonly System.Threading.SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens the studio in a browser window of its own, and waits until it answers. Errors on its console fail
    /// the test that asks <see cref="StudioPage.Errors"/>.</summary>
    /// <param name="address">The page's address.</param>
    /// <param name="options">The window; null for one of 1280 by 900 pixels.</param>
    internal async Task<StudioPage> OpenAsync(string address, BrowserNewContextOptions? options = null)
    {
        IBrowser browser = await StartAsync();
        IBrowserContext context = await browser.NewContextAsync(options
            ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        // A busy machine is slow, not wrong.
        context.SetDefaultTimeout(60_000);
        IPage page = await context.NewPageAsync();
        var studio = new StudioPage(context, page);
        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return studio;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(60_000);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required",
                    "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                ],
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}

/// <summary>A window on the studio.</summary>
internal sealed class StudioPage : System.IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public StudioPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => Note(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Note($"{message.Text} ({message.Location})");
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What its console told of errors.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors];
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Note(string error)
    {
        lock (_errors)
            _errors.Add(error);
    }
}
