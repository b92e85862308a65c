using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>What a person hears, and how it is chosen.</summary>
public sealed class HearTests(StudioBrowser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_chosen_dropped_or_recorded_and_what_is_no_sound_leaves_the_one_there_was()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        await OpenAsync(studio.Page, "excited");
        ILocator view = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" });
        byte[] wave = Decoding.Fixture.Run("espeak-ng", [], ["--stdout", "One two three."]);
        await view.GetByLabel("Choose or drop an audio file").SetInputFilesAsync(
            new FilePayload { Name = "three words.wav", MimeType = "audio/wav", Buffer = wave });
        await view.GetByText("Line: three words.wav").WaitForAsync();
        await PlayAsync(studio.Page);
        await studio.Page.EvaluateAsync("() => new Promise(done => addEventListener('r3x-meters', done))");

        await view.GetByLabel("Choose or drop an audio file").SetInputFilesAsync(
            new FilePayload { Name = "list.txt", MimeType = "text/plain", Buffer = "no sound at all"u8.ToArray() });
        await view.GetByText("list.txt cannot be heard").WaitForAsync();
        Assert.True(await view.GetByText("Line: three words.wav").IsVisibleAsync());

        await view.Locator(".line").EvaluateAsync("""
            (area, bytes) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], "dropped.wav"));
                area.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """, wave.Select(value => (int)value).ToArray());
        await view.GetByText("Line: dropped.wav").WaitForAsync();

        await view.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "End recording" }).ClickAsync();
        await view.GetByText("Line: your recording").WaitForAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "Bundled line" }).ClickAsync();
        await view.GetByText("Line: the bundled one").WaitForAsync();
        Assert.DoesNotContain(studio.Errors, error => !error.Contains("422", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_in_words_and_the_line_stays()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        await OpenAsync(studio.Page, "excited");
        ILocator view = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" });
        string large = Path.Combine(server.Presets, "concert.wav");
        await using (FileStream file = File.Create(large))
            file.SetLength((64L << 20) + 1);

        await view.GetByLabel("Choose or drop an audio file").SetInputFilesAsync(large);

        await view.GetByText("concert.wav is larger than this server takes.").WaitForAsync();
        Assert.True(await view.GetByText("Line: the bundled one").IsVisibleAsync());
        await PlayAsync(studio.Page);
        await studio.Page.EvaluateAsync("() => new Promise(done => addEventListener('r3x-meters', done))");
    }

    [Fact]
    public async Task A_loudspeaker_that_is_not_there_is_told_and_the_browser_plays_in_its_place()
    {
        await using StudioServer server = await StudioServer.StartAsync(null, "--device", "the kitchen's");
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator view = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" });
        await PlayAtLoudspeakerAsync(studio.Page);

        // A machine without any, as most that build are, says that; another names the one it has not.
        await view.GetByText(new Regex("No loudspeaker was found|the kitchen's")).WaitForAsync();
        ILocator play = studio.Page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true });
        await Assertions.Expect(play).ToBeVisibleAsync();
        await view.GetByLabel("This browser").CheckAsync();
        await play.ClickAsync();
        await studio.Page.EvaluateAsync("() => new Promise(done => addEventListener('r3x-meters', done))");
    }

    [Fact]
    public async Task Everything_is_done_by_keys_which_are_letters_where_somebody_writes()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        IPage page = studio.Page;
        await OpenAsync(page, "excited");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }))
            .ToBeVisibleAsync();
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(Source(page, "Dry")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(Source(page, "Saved")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved is heard." }))
            .ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(Source(page, "Dry")).ToBeCheckedAsync();
        await page.EvaluateAsync(
            "() => { const field = document.createElement('input'); document.body.append(field); field.focus(); }");
        await page.Keyboard.TypeAsync("3 x");
        Assert.Equal("3 x", await page.EvaluateAsync<string>("() => document.activeElement.value"));
        await page.EvaluateAsync("() => document.activeElement.remove()");
        await page.GetByLabel("Shortcut keys").UncheckAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("3");
        // It would have come before what is done behind it.
        await page.GetByLabel("Volume").FillAsync("-12");
        await Assertions.Expect(page.GetByLabel("Volume")).ToHaveAttributeAsync("aria-valuetext", "-12 dB");
        await Assertions.Expect(Source(page, "Dry")).ToBeCheckedAsync();
        AxeResult axe = await page.GetByRole(AriaRole.Region, new() { Name = "Listen" }).RunAxe();
        Assert.Empty(axe.Violations.Select(violation => violation.Id));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task The_loudspeaker_is_one_pages_at_a_time_and_the_others_when_that_one_is_gone()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage other = await browser.OpenAsync(server.Address);
        await using (StudioPage first = await browser.OpenAsync(server.Address))
        {
            await PlayAtLoudspeakerAsync(first.Page);
            await first.Page.EvaluateAsync("() => new Promise(done => addEventListener('r3x-meters', done))");
            await PlayAtLoudspeakerAsync(other.Page);
            await other.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" })
                .GetByText("Another page plays at the loudspeaker.").WaitForAsync();
        }

        ILocator play = other.Page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true });
        Task meters = other.Page.EvaluateAsync(
            "() => new Promise(done => addEventListener('r3x-meters', done))");
        while (!meters.IsCompleted)
        {
            if (await play.IsVisibleAsync())
                await play.ClickAsync();
            await Task.WhenAny(meters, Task.Delay(200, Cancellation));
        }

        await meters;
        Assert.Empty(other.Errors);
    }

    private static async Task OpenAsync(IPage page, string preset)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = preset, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }))
            .ToBeEnabledAsync(new() { Timeout = 60_000 });
    }

    private static Task PlayAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();

    private static async Task PlayAtLoudspeakerAsync(IPage page)
    {
        await OpenAsync(page, "excited");
        await page.GetByLabel("The host's loudspeaker").CheckAsync();
        await PlayAsync(page);
    }

    private static ILocator Source(IPage page, string name) =>
        page.GetByRole(AriaRole.Group, new() { Name = "What is heard" }).GetByLabel(name);
}
