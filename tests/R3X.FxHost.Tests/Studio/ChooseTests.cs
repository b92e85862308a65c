using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The presets of the folder, as a person finds and keeps them.</summary>
public sealed class ChooseTests(StudioBrowser browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Presets_are_found_by_tag_mood_and_any_word()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator view = View(studio);
        await view.GetByLabel("Mood").SelectOptionAsync("excited");
        await Expect(Preset(view, "excited")).ToBeVisibleAsync();
        await Expect(Preset(view, "radio")).ToHaveCountAsync(0);
        await view.GetByLabel("Mood").SelectOptionAsync("any");
        await view.GetByLabel("Tag").SelectOptionAsync("bright");
        await Expect(Preset(view, "excited")).ToBeVisibleAsync();
        await Expect(Preset(view, "radio")).ToHaveCountAsync(0);
        await view.GetByLabel("Tag").SelectOptionAsync("any");
        await view.GetByLabel("Search presets").FillAsync("CANTINA ceiling");
        await Expect(Preset(view, "announcement")).ToBeVisibleAsync();
        await Expect(Preset(view, "excited")).ToHaveCountAsync(0);
        await Expect(studio.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 of 14 presets" }))
            .ToHaveCountAsync(1);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task Files_come_and_go_in_the_list_and_a_broken_one_says_why()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator view = View(studio);
        await File.WriteAllTextAsync(server.FileOf("tin"), "preset: 1\nchain:\n  - combb\n", Stop);
        ILocator entry = view.GetByRole(AriaRole.Listitem).Filter(new()
        {
            Has = studio.Page.GetByRole(AriaRole.Button, new() { Name = "tin", Exact = true }),
        });
        await Expect(entry.GetByText("has mistakes")).ToBeVisibleAsync();
        await entry.GetByText("Why it cannot be used").ClickAsync();
        await Expect(entry.GetByText("Line 3:")).ToContainTextAsync("comb");
        await File.WriteAllTextAsync(server.FileOf("tin"), "preset: 1\nchain:\n  - comb\n  - limiter\n", Stop);
        await Expect(entry.GetByText("has mistakes")).ToHaveCountAsync(0);
        File.Delete(server.FileOf("tin"));
        await Expect(entry).ToHaveCountAsync(0);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_preset_is_begun_from_another_named_anew_deleted_and_brought_back_by_keyboard()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator view = View(studio);
        await PressAsync(view.GetByRole(AriaRole.Button, new() { Name = "New..." }));
        await Expect(view.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToBeFocusedAsync();
        await studio.Page.Keyboard.TypeAsync("../host");
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(view.GetByRole(AriaRole.Alert).Filter(new() { HasText = "cannot be a preset's id" }))
            .ToBeVisibleAsync();
        await view.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("giddy");
        await view.GetByLabel("Begins like").SelectOptionAsync("excited");
        await PressAsync(view.GetByRole(AriaRole.Button, new() { Name = "Create" }));
        await Expect(studio.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("giddy");
        string text = await File.ReadAllTextAsync(server.FileOf("giddy"), Stop);
        Assert.Contains("extends: excited", text, StringComparison.Ordinal);

        await PressAsync(view.GetByRole(AriaRole.Button, new() { Name = "Rename giddy" }));
        await Expect(view.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToBeFocusedAsync();
        await view.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("excited");
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(view.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a preset" }))
            .ToBeVisibleAsync();
        await view.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("gleeful");
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(studio.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("gleeful");
        Assert.False(File.Exists(server.FileOf("giddy")));
        Assert.Equal(text, await File.ReadAllTextAsync(server.FileOf("gleeful"), Stop));

        await PressAsync(view.GetByRole(AriaRole.Button, new() { Name = "Delete gleeful" }));
        await Expect(Preset(view, "gleeful")).ToHaveCountAsync(0);
        Assert.False(File.Exists(server.FileOf("gleeful")));
        await PressAsync(view.GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        await Expect(Preset(view, "gleeful")).ToBeVisibleAsync();
        Assert.Equal(text, await File.ReadAllTextAsync(server.FileOf("gleeful"), Stop));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_preset_that_others_stand_on_is_not_deleted_and_takes_them_along_to_its_new_name()
    {
        const string Id = "dj-r3x";
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator view = View(studio);
        await Preset(view, Id).ClickAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "Delete " + Id }).ClickAsync();

        await Expect(view.GetByRole(AriaRole.Alert).Filter(new() { HasText = "excited" })).ToBeVisibleAsync();
        Assert.True(File.Exists(server.FileOf(Id)));
        await view.GetByRole(AriaRole.Button, new() { Name = "Rename " + Id }).ClickAsync();
        await view.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("droid");
        await view.GetByLabel("excited.yaml").SetCheckedAsync(true);
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(studio.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("droid");
        Assert.Contains("extends: droid", await File.ReadAllTextAsync(server.FileOf("excited"), Stop),
            StringComparison.Ordinal);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task An_audio_effects_json_that_is_dropped_on_the_page_becomes_a_preset_and_nonsense_is_told()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator view = View(studio);
        string json = await File.ReadAllTextAsync(
            Repository.PathOf("tests", "fixtures", "presets", "import", "audio_effects.json"), Stop);
        await Expect(view.GetByLabel("Take in an audio_effects.json")).ToBeEnabledAsync();
        await DropAsync(studio.Page, "audio_effects.json", "{ nonsense");
        await Expect(view.GetByRole(AriaRole.Alert).Filter(new() { HasText = "no proper JSON" })).ToBeVisibleAsync();
        await DropAsync(studio.Page, "audio_effects.json", json);
        await Expect(studio.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("audio-effects");
        Assert.Contains("chain:", await File.ReadAllTextAsync(server.FileOf("audio-effects"), Stop),
            StringComparison.Ordinal);
        await DropAsync(studio.Page, "audio_effects.json", json);
        await Expect(Preset(view, "audio-effects-2")).ToBeVisibleAsync();
        await DropAsync(studio.Page, "audio_effects.json", new string(' ', 2_000_000));
        await Expect(view.GetByRole(AriaRole.Alert).Filter(new() { HasText = "larger than 1 MB" })).ToBeVisibleAsync();
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_shows_the_preset_that_was_open_and_paths_are_no_presets()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        await Preset(View(studio), "radio").ClickAsync();
        await studio.Page.WaitForURLAsync("**/studio?preset=radio");
        await studio.Page.ReloadAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Preset radio: saved");
        foreach (string wrong in (string[])["host", "..%2Fhost", "%2Fetc%2Fpasswd", "radio.yaml", "schema%2Fx"])
        {
            await studio.Page.GotoAsync(new Uri(server.Address).GetLeftPart(UriPartial.Path) + "?preset=" + wrong);
            await Expect(studio.Page.GetByText("Choose a preset to hear and shape it.")).ToBeVisibleAsync();
        }

        Assert.Empty(studio.Errors);
    }

    private static ILocator View(StudioPage studio) =>
        studio.Page.GetByRole(AriaRole.Region, new() { Name = "Presets" });

    private static ILocator Preset(ILocator view, string id) =>
        view.GetByRole(AriaRole.Button, new() { Name = id, Exact = true });

    private static async Task PressAsync(ILocator button)
    {
        await button.FocusAsync();
        await button.PressAsync("Enter");
    }

    private static Task DropAsync(IPage page, string name, string text) => page.EvaluateAsync("""
        ([name, text]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], name, { type: 'application/json' }));
            for (const type of ['dragover', 'drop'])
                document.querySelector('h1').dispatchEvent(
                    new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }
        """, new[] { name, text });
}
