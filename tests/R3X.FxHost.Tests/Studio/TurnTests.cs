using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace R3X.FxHost.Tests.Studio;

public sealed class TurnTests(StudioBrowser browser, SharedStudio shared) : IClassFixture<SharedStudio>
{
    [Fact]
    public async Task A_slider_that_is_turned_by_key_changes_its_value_and_no_other_byte()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "excited");
        string before = await FileOfAsync("excited");
        ILocator slider = studio.Page.Slider("eq high-pass");
        await slider.FocusAsync();
        await slider.PressAsync("ArrowRight");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "223 Hz");
        await Expect(slider).ToBeFocusedAsync();
        string after = before.Replace("high-pass: 220 Hz ", "high-pass: 223 Hz ", StringComparison.Ordinal);
        await studio.Page.TextAsync(after);
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved.");
        Assert.Equal(after, await FileOfAsync("excited"));
        await slider.PressAsync("End");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "1 kHz");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Back to dj-r3x: eq high-pass" }).ClickAsync();
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "105 Hz");
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_slider_that_is_dragged_tells_twenty_times_a_second_and_is_one_step_of_the_history()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "sad");
        IPage page = studio.Page;
        string before = await page.TextAsync();
        ILocator slider = page.Slider("comb mix");
        await slider.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await slider.BoundingBoxAsync())!;
        await page.EvaluateAsync("() => { window.told = []; document.addEventListener('input', event =>"
            + " told.push(event.timeStamp)); }");
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 1, box.Y + (box.Height / 2), new() { Steps = 40 });
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync(
            "text => monaco.editor.getModels()[0].getValue().includes(`mix: ${text}`)", await LastAsync(slider));
        double[] told = await page.EvaluateAsync<double[]>("() => told");
        Assert.True(told.Length >= 2, "The slider told nothing.");
        // A timer may be late, so that the one behind it comes early; over all of them it is not.
        Assert.True(told.Length <= 2 + ((told[^1] - told[0]) / 50), string.Join(' ', told));
        await page.GetByRole(AriaRole.Region, new() { Name = "Changes" })
            .GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.TextAsync(before);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_step_is_dragged_to_another_place()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "dj-r3x");
        IPage page = studio.Page;
        // All cards in sight, so that nothing scrolls under the mouse.
        await page.SetViewportSizeAsync(1280, 5000);
        await page.Card("saturation").Locator(".turn-grip").DragToAsync(
            page.Card("compressor").GetByRole(AriaRole.Heading));
        await Expect(page.Locator(".turn-steps").GetByRole(AriaRole.Article).Nth(1))
            .ToHaveAttributeAsync("data-step", "saturation");
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_sentence_makes_a_setting_move_and_a_choice_holds_it_still()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "neutral");
        IPage page = studio.Page;
        await page.SetAsync("comb delay", "wobble 7 ms to 9 ms at 0.5 Hz");
        await page.GetByRole(AriaRole.Img, new() { Name = "comb delay moves: wobble 7 ms to 9 ms at 0.5 Hz" })
            .WaitForAsync();
        await Expect(page.Slider("comb delay")).ToHaveCountAsync(0);
        ILocator mark = page.Locator("[data-setting='comb.delay']");
        await Expect(mark).ToBeHiddenAsync();
        await page.EvaluateAsync(
            "() => dispatchEvent(new CustomEvent('r3x-meters', { detail: { seconds: 0, heard: 'dry', in: {}, out: {},"
            + " steps: {}, settings: { 'comb.delay': 7.9 }, spectrum: { in: [], out: [] } } }))");
        await Expect(mark).ToBeVisibleAsync();
        // ln(7.9 / 0.5) / ln(30 / 0.5) of the track.
        string left = await mark.EvaluateAsync<string>("mark => mark.style.left");
        Assert.StartsWith("67.4", left, StringComparison.Ordinal);
        await Expect(page.Locator("[data-now='comb.delay']")).ToHaveTextAsync("7.9 ms");

        ILocator movement = page.GetByLabel("Movement of comb delay");
        await Expect(movement).ToHaveValueAsync("wobble");
        await movement.SelectOptionAsync("pick");
        await Expect(page.Typed("comb delay")).ToHaveValueAsync("pick 7 ms or 9 ms");
        await movement.SelectOptionAsync("");
        await Expect(page.Slider("comb delay")).ToHaveAttributeAsync("aria-valuetext", "7.94 ms");
        await page.TextAsync((await FileOfAsync("neutral")).Replace(
            "delay: 8 ms ", "delay: 7.94 ms ", StringComparison.Ordinal));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_wrong_value_is_kept_and_explained_and_its_fix_is_a_button()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "happy");
        IPage page = studio.Page;
        string before = await page.TextAsync();
        await page.SetAsync("comb mix", "0.35");
        ILocator typed = page.Typed("comb mix");
        await Expect(typed).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(typed).ToHaveValueAsync("0.35");
        string? says = await typed.GetAttributeAsync("aria-describedby");
        await Expect(page.Locator("#" + says)).ToContainTextAsync("mix is a percentage from 0% to 100%");
        Assert.Equal(before, await page.TextAsync());
        await page.Locator("#" + says).GetByRole(AriaRole.Button, new() { Name = "Write 35%" }).ClickAsync();
        await Expect(typed).ToHaveValueAsync("35%");
        await Expect(page.Slider("comb mix")).ToHaveAttributeAsync("aria-valuetext", "35%");
        await Expect(page.Locator("#" + says)).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Keys_that_follow_each_other_faster_than_the_host_answers_all_count()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "dj-hype");
        ILocator slider = studio.Page.Slider("comb mix");
        int first = int.Parse(await slider.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
        for (int key = 0; key < 30; key++)
            await slider.PressAsync("ArrowLeft");
        string last = FormattableString.Invariant($"{first - 30}");
        // A whole percent each.
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", last + "%");
        await studio.Page.WaitForFunctionAsync(
            "text => monaco.editor.getModels()[0].getValue().includes(text)", $"mix: {last}%");
        await Expect(slider).ToHaveValueAsync(last);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task What_somebody_types_stays_while_another_changes_the_same_setting_and_holds_when_it_is_entered()
    {
        await using StudioPage one = await shared.OpenAsync(browser, "angry");
        await using StudioPage other = await shared.OpenAsync(browser, "angry");
        ILocator typed = one.Page.Typed("comb mix");
        await typed.FillAsync("12");
        await other.Page.SetAsync("comb mix", "77%");
        await Expect(one.Page.Slider("comb mix")).ToHaveAttributeAsync("aria-valuetext", "77%");
        await Expect(typed).ToHaveValueAsync("12");
        await typed.PressSequentiallyAsync(".5%");
        await typed.PressAsync("Enter");
        foreach (StudioPage studio in (StudioPage[])[one, other])
        {
            await Expect(studio.Page.Typed("comb mix")).ToHaveValueAsync("12.5%");
            Assert.Empty(studio.Errors);
        }

        await typed.FillAsync("12.6%");
        await typed.FillAsync("12.5%");
        await other.Page.SetAsync("comb mix", "40%");
        await one.Page.Slider("comb mix").FocusAsync();
        await Expect(typed).ToHaveValueAsync("40%");
    }

    [Fact]
    public async Task A_step_is_switched_off_and_on_again()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "radio");
        IPage page = studio.Page;
        string before = await page.TextAsync();
        ILocator on = page.GetByRole(AriaRole.Switch, new() { Name = "On: compressor", Exact = true });
        await on.FocusAsync();
        await on.PressAsync("Space");
        await Expect(page.Slider("compressor ratio")).ToHaveCountAsync(0);
        await Expect(on).Not.ToBeCheckedAsync();
        await Expect(on).ToBeFocusedAsync();
        Assert.Contains("bypass", await page.TextAsync(), StringComparison.Ordinal);
        await on.PressAsync("Space");
        await Expect(page.Slider("compressor ratio")).ToBeVisibleAsync();
        Assert.NotEqual("", before);
    }

    [Fact]
    public async Task A_step_is_added_moved_and_removed_by_keyboard()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "announcement");
        IPage page = studio.Page;
        string before = await page.TextAsync();
        ILocator cards = page.Locator(".turn-steps").GetByRole(AriaRole.Article);
        int steps = await cards.CountAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an effect" }).PressAsync("Enter");
        ILocator search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search", Exact = true });
        await Expect(search).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("classic robot");
        await page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Effects found: 1" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ring modulator" }).PressAsync("Enter");
        await Expect(cards).ToHaveCountAsync(steps + 1);
        await Expect(page.Card("ring-mod").GetByRole(AriaRole.Heading)).ToBeFocusedAsync();
        await Expect(cards.Nth(steps - 1)).ToHaveAttributeAsync("data-step", "ring-mod");
        await page.GetByRole(AriaRole.Button, new() { Name = "Earlier: ring-mod" }).PressAsync("Enter");
        await Expect(cards.Nth(steps - 2)).ToHaveAttributeAsync("data-step", "ring-mod");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Earlier: ring-mod" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: ring-mod" }).PressAsync("Enter");
        await Expect(cards).ToHaveCountAsync(steps);
        await page.TextAsync(before);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_point_of_a_curve_is_added_turned_and_removed()
    {
        await File.WriteAllTextAsync(
            shared.Server.FileOf("curved"),
            "preset: 1\nchain:\n  - curve:        # by ear\n      250 Hz: -6 dB   # less box\n  - limiter\n",
            TestContext.Current.CancellationToken);
        await using StudioPage studio = await shared.OpenAsync(browser, "curved");
        IPage page = studio.Page;
        await page.GetByLabel("New point at").FillAsync("1.5 kHz");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add point" }).ClickAsync();
        await page.SetAsync("curve 1.5 kHz", "4 dB");
        await Expect(page.Slider("curve 1.5 kHz")).ToHaveAttributeAsync("aria-valuetext", "4 dB");
        await page.TextAsync("preset: 1\nchain:\n  - curve:        # by ear\n      250 Hz: -6 dB   # less box\n"
            + "      1.5 kHz: 4 dB\n  - limiter\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: curve 250 Hz" }).ClickAsync();
        await Expect(page.Slider("curve 250 Hz")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_is_wrong_with_the_cards_and_the_text_for_assistive_technology()
    {
        const int width = 360;
        await using StudioPage studio = await shared.OpenAsync(browser, "thinking");
        IPage page = studio.Page;
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetAsync("comb mix", "3 dB");
        await Expect(page.Typed("comb mix")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        AssertPasses(await page.RunAxe());
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an effect" }).ClickAsync();
        AssertPasses(await page.GetByRole(AriaRole.Dialog).RunAxe());
    }

    private static void AssertPasses(AxeResult axe) =>
        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Help}: {v.Nodes[0].Html}"));

    // What the slider says once it says what it is set to.
    private static async Task<string> LastAsync(ILocator slider)
    {
        string value = await slider.InputValueAsync();
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", value + "%");
        return value + "%";
    }

    private Task<string> FileOfAsync(string preset) =>
        File.ReadAllTextAsync(shared.Server.FileOf(preset), TestContext.Current.CancellationToken);
}
