using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace R3X.FxHost.Tests.Studio;

public sealed class ReadTests(StudioBrowser browser, SharedStudio shared) : IClassFixture<SharedStudio>
{
    [Fact]
    public async Task What_is_typed_in_the_text_shows_in_the_cards_and_the_other_way_round()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "neutral");
        IPage page = studio.Page;
        await FindAsync(page, "8 ms");
        await page.Keyboard.TypeAsync("12 ms");
        await Expect(page.Slider("comb delay")).ToHaveAttributeAsync("aria-valuetext", "12 ms");
        // What comes from a card leaves the cursor where it is.
        await page.SetAsync("comb mix", "40%");
        string text = await File.ReadAllTextAsync(
            shared.Server.FileOf("neutral"), TestContext.Current.CancellationToken);
        text = text.Replace("delay: 8 ms ", "delay: 12 ms ", StringComparison.Ordinal)
            .Replace("mix: 25% ", "mix: 40% ", StringComparison.Ordinal);
        await page.TextAsync(text);
        await Editor(page).FocusAsync();
        await page.Keyboard.TypeAsync("5");
        await page.TextAsync(text.Replace("delay: 12 ms ", "delay: 12 ms5 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_in_the_text_is_marked_listed_and_put_right_by_its_button()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "happy");
        IPage page = studio.Page;
        await page.SetAsync("comb mix", "41%");
        await FindAsync(page, "41%");
        await page.Keyboard.TypeAsync("0.41");
        ILocator messages = page.GetByRole(AriaRole.List, new() { Name = "Messages" });
        await Expect(messages).ToContainTextAsync("mix is a percentage");
        await Expect(page.Locator(".squiggly-error")).ToBeVisibleAsync();
        await Expect(page.Slider("comb mix")).ToBeDisabledAsync();
        await messages.GetByRole(AriaRole.Button, new() { Name = "Write 41%" }).ClickAsync();
        await Expect(page.Slider("comb mix")).ToBeEnabledAsync();
        await Expect(page.Slider("comb mix")).ToHaveAttributeAsync("aria-valuetext", "41%");
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task The_Tab_key_leaves_the_editor_and_nothing_is_asked_of_another_host()
    {
        await using StudioPage studio = await shared.OpenAsync(browser, "radio");
        IPage page = studio.Page;
        string home = new Uri(shared.Server.Address).Authority;
        page.Request += (_, request) => Assert.Equal(home, new Uri(request.Url).Authority);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "radio", Exact = true }).ClickAsync();
        await Editor(page).FocusAsync();
        string text = await page.TextAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(Editor(page)).Not.ToBeFocusedAsync();
        Assert.Equal(text, await page.TextAsync());
    }

    // The editor's own text box.
    private static ILocator Editor(IPage page) =>
        page.GetByRole(AriaRole.Textbox, new() { Name = "Text of the preset" });

    // Selects the first place where a text stands.
    private static async Task FindAsync(IPage page, string text)
    {
        await page.WaitForFunctionAsync("text => monaco.editor.getModels()[0].getValue().includes(text)", text);
        await Editor(page).FocusAsync();
        await page.EvaluateAsync(
            "text => { const editor = monaco.editor.getEditors()[0];"
            + " editor.setSelection(editor.getModel().findMatches(text)[0].range); }",
            text);
    }
}
