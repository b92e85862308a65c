using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The page with all its views: for everybody, on every screen.</summary>
public sealed class WholePageTests(StudioBrowser browser, SharedStudio quiet) : IClassFixture<SharedStudio>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_either_scheme(ColorScheme scheme)
    {
        await File.WriteAllTextAsync(quiet.Server.FileOf("broken-one"), "preset: 1\nchain:\n  - combb\n", Stop);
        await using StudioPage studio = await browser.OpenAsync(quiet.Server.Address, new()
        {
            ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 900 },
        });
        IPage page = studio.Page;
        await PassesAxeAsync(page, "nothing open");
        await page.GetByText("Why it cannot be used").ClickAsync();
        await OpenAsync(page, "excited");
        await page.GetByRole(AriaRole.Button, new() { Name = "New..." }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename excited" }).ClickAsync();
        await PassesAxeAsync(page, "a preset and both forms open");
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task Axe_finds_nothing_on_the_page_that_lets_nobody_in()
    {
        await using StudioPage studio = await browser.OpenAsync(
            new Uri(quiet.Server.Address).GetLeftPart(UriPartial.Path));

        await PassesAxeAsync(studio.Page, "no key");
    }

    [Theory]
    [InlineData(360, 640)]
    // 400 % of 1280 by 900.
    [InlineData(320, 225)]
    [InlineData(768, 1024)]
    [InlineData(1280, 900)]
    public async Task Nothing_reaches_beyond_the_window(int width, int height)
    {
        await using StudioPage studio = await browser.OpenAsync(
            quiet.Server.Address, new() { ViewportSize = new() { Width = width, Height = height } });
        await OpenAsync(studio.Page, "excited");
        string[] wide = await studio.Page.EvaluateAsync<string[]>("""
            () => {
                const wide = [...document.querySelectorAll('main *, header *')].filter(element => {
                    const box = element.getBoundingClientRect();
                    const inner = element.closest('.monaco-editor, .unseen, [data-scrolls]');
                    return box.width > 0 && !inner && (box.right > innerWidth + 1 || box.left < -1);
                }).map(element => element.outerHTML.slice(0, 120));
                return document.documentElement.scrollWidth > innerWidth
                    ? [...wide, `the page is ${document.documentElement.scrollWidth} wide`] : wide;
            }
            """);

        Assert.Equal([], wide);
    }

    [Fact]
    public async Task Everything_is_reached_with_the_Tab_key_and_seen_while_it_has_the_focus()
    {
        await using StudioPage studio = await browser.OpenAsync(quiet.Server.Address);
        IPage page = studio.Page;
        await OpenAsync(page, "radio");
        // From the top, as one who has just come.
        await page.WaitForURLAsync("**preset=radio");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Text" }).WaitForAsync();
        await page.EvaluateAsync(Names);
        string[] all = await page.EvaluateAsync<string[]>("() => window.focusable().map(window.nameOf)");
        List<string> reached = [];
        List<string> unseen = [];
        for (int press = 0; press < all.Length + 40; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            string name = await page.EvaluateAsync<string>("() => window.nameOf(document.activeElement)");
            if (name.StartsWith("BODY", StringComparison.Ordinal))
                break;
            if (!await page.EvaluateAsync<bool>("() => window.isSeen(document.activeElement)"))
                unseen.Add(name);
            reached.Add(name);
        }

        Assert.StartsWith("A Skip to the sound", reached[0]);
        Assert.Equal([], all.Except(reached));
        Assert.Equal([], unseen);
    }

    [Fact]
    public async Task The_first_link_leads_past_the_presets()
    {
        await using StudioPage studio = await browser.OpenAsync(quiet.Server.Address);
        IPage page = studio.Page;
        await OpenAsync(page, "radio");
        await page.GetByRole(AriaRole.Link, new() { Name = "Skip to the sound" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#sound")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Banner)).ToContainTextAsync("radio");
    }

    [Fact]
    public async Task Whoever_wants_no_motion_gets_none()
    {
        await using StudioPage studio = await browser.OpenAsync(
            quiet.Server.Address, new() { ReducedMotion = ReducedMotion.Reduce });
        await OpenAsync(studio.Page, "excited");
        string[] moving = await studio.Page.EvaluateAsync<string[]>("""
            () => document.getAnimations().map(one => one.effect.target.outerHTML.slice(0, 120))
            """);

        Assert.Equal([], moving);
    }

    private const string Names = """
        () => {
            window.nameOf = element => `${element.tagName} ${element.getAttribute('aria-label')
                ?? element.labels?.[0]?.textContent.trim() ?? element.textContent.trim().slice(0, 40)} `
                + `${element.id}${element.name ?? ''}`;
            window.isSeen = element => {
                const box = element.getBoundingClientRect();
                return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            };
            window.focusable = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
                .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility()
                    && (element.type !== 'radio' || element.checked));
        }
        """;

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.GetByRole(AriaRole.Region, new() { Name = "Presets" })
            .GetByRole(AriaRole.Button, new() { Name = id, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Text" }).WaitForAsync();
    }

    private static async Task PassesAxeAsync(IPage page, string when)
    {
        AxeResult result = await page.RunAxe();

        Assert.True(result.Violations.Length == 0, $"With {when}:\n" + string.Join('\n', result.Violations.SelectMany(
            static one => one.Nodes.Select(node => $"{one.Id}: {node.Html} {node.Any.FirstOrDefault()?.Message}"))));
    }
}
