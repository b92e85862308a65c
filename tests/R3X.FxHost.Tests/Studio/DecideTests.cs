using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Undo, saving and conflicts as a person meets them, the file's bytes compared afterwards.</summary>
public sealed class DecideTests(StudioBrowser browser)
{
    [Fact]
    public async Task Changes_are_told_in_words_undone_by_key_and_saved_to_the_letter()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator decide = await OpenAsync(studio, "excited");
        string before = await TextAsync(server);
        await SaysAsync(decide, "Nothing differs from the file.");

        // Somebody saves it elsewhere: taken in at once, as a step that can be undone.
        string after = before.Replace("mix: 40%", "mix: 45%", StringComparison.Ordinal);
        await WriteAsync(server, after);
        await ButtonAsync(decide, "Undo the change in the file");
        await studio.Page.Keyboard.PressAsync("Control+z");
        await SaysAsync(decide, "exciter.mix is 45% in the file, 40% in the draft.");
        await NoViolationsAsync(studio, decide);
        Assert.Equal(after, await TextAsync(server));
        await studio.Page.Keyboard.PressAsync("Control+Shift+z");
        await SaysAsync(decide, "Nothing differs from the file.");
        await studio.Page.Keyboard.PressAsync("Control+z");
        await SaysAsync(decide, "One thing differs from the file.");
        await studio.Page.Keyboard.PressAsync("Control+s");
        await SaysAsync(decide, "Nothing differs from the file.");
        Assert.Equal(before, await TextAsync(server));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_newer_file_is_shown_beside_the_draft_and_both_are_kept_until_somebody_decides()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator decide = await OpenAsync(studio, "excited");
        string mine = await TextAsync(server);
        await WriteAsync(server, mine.Replace("mix: 40%", "mix: 45%", StringComparison.Ordinal));
        await ButtonAsync(decide, "Undo the change in the file");
        await decide.GetByRole(AriaRole.Button, new() { Name = "Undo the change in the file" }).ClickAsync();
        await SaysAsync(decide, "exciter.mix is 45% in the file, 40% in the draft.");

        string theirs = mine.Replace("mix: 40%", "mix: 50%", StringComparison.Ordinal);
        await WriteAsync(server, theirs);
        await decide.GetByRole(AriaRole.Button, new() { Name = "Look at both" }).WaitForAsync();
        await studio.Page.Keyboard.PressAsync("Control+s");
        ILocator dialog = studio.Page.GetByRole(AriaRole.Dialog, new() { Name = "excited: two versions" });
        ILocator differs = dialog.GetByRole(AriaRole.Row).Filter(new() { HasText = "differs" });
        // While the other editor writes, its file may be looked at empty.
        await Assertions.Expect(differs).ToHaveCountAsync(1);
        string row = await differs.InnerTextAsync();
        Assert.Contains("mix: 40%", row, StringComparison.Ordinal);
        Assert.Contains("mix: 50%", row, StringComparison.Ordinal);
        await NoViolationsAsync(studio, dialog);
        Assert.Equal(theirs, await TextAsync(server));

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Edit both together" }).ClickAsync();
        ILocator both = dialog.GetByLabel("Text of both");
        string text = (await both.InputValueAsync()).Replace("mix: 40%", "mix: 48%", StringComparison.Ordinal);
        await both.FillAsync(text);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this text" }).ClickAsync();
        await SaysAsync(decide, "exciter.mix is 50% in the file, 48% in the draft.");
        await decide.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await SaysAsync(decide, "Nothing differs from the file.");
        Assert.Equal(mine.Replace("mix: 40%", "mix: 48%", StringComparison.Ordinal), await TextAsync(server));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_line_tells_which_preset_it_would_get_and_why_the_others_lose()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        ILocator decide = await OpenAsync(studio, "excited");
        await decide.GetByText("Which preset would a line get?").ClickAsync();
        await decide.GetByLabel("Mood").FillAsync("excited");
        await decide.GetByLabel("Cue").FillAsync("greeting");
        await decide.GetByRole(AriaRole.Button, new() { Name = "Find out" }).ClickAsync();
        await decide.GetByRole(AriaRole.Row).Filter(new() { HasText = "(chosen)" }).WaitForAsync();
        ILocator rows = decide.GetByRole(AriaRole.Row);
        Assert.Equal(1 + Directory.GetFiles(server.Presets, "*.yaml").Length - 1, await rows.CountAsync());
        Assert.Contains("excited", await rows.Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        await NoViolationsAsync(studio, decide);

        // What is not saved does not count, and is told.
        await WriteAsync(server, (await TextAsync(server)).Replace("cue: greeting", "cue: farewell",
            StringComparison.Ordinal));
        await ButtonAsync(decide, "Undo the change in the file");
        await studio.Page.Keyboard.PressAsync("Escape");
        await decide.GetByRole(AriaRole.Button, new() { Name = "Undo the change in the file" }).ClickAsync();
        await SaysAsync(decide, "When excited is chosen is changed and not saved; the answer goes by its file.");
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task Two_browsers_and_an_editor_on_one_preset_lose_nothing_and_see_each_other()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage one = await browser.OpenAsync(server.Address);
        await using StudioPage other = await browser.OpenAsync(server.Address);
        ILocator decide = await OpenAsync(one, "excited"), decideToo = await OpenAsync(other, "excited");
        string first = await TextAsync(server);

        await WriteAsync(server, first.Replace("name: Excited", "name: Thrilled", StringComparison.Ordinal));
        foreach (ILocator view in (ILocator[])[decide, decideToo])
            await ButtonAsync(view, "Undo the change in the file");
        await one.Page.Keyboard.PressAsync("Control+z");
        const string Named = "name is \"Thrilled\" in the file, \"Excited\" in the draft.";
        await SaysAsync(decideToo, Named);

        // An editor that knows nothing of the draft saves another line, by a file of its own that it renames.
        using (var editor = Process.Start("sed", ["-i", "s/^tags: .r3x,/tags: [t1,/", server.FileOf("excited")]))
            await editor.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (ILocator view in (ILocator[])[decide, decideToo])
        {
            await ButtonAsync(view, "Undo the change in the file");
            await SaysAsync(view, Named);
        }

        await Task.WhenAll(one.Page.Keyboard.PressAsync("Control+s"), other.Page.Keyboard.PressAsync("Control+s"));
        foreach (ILocator view in (ILocator[])[decide, decideToo])
            await SaysAsync(view, "Nothing differs from the file.");
        Assert.Equal(first.Replace("tags: [r3x,", "tags: [t1,", StringComparison.Ordinal), await TextAsync(server));
        Assert.Empty(one.Errors.Concat(other.Errors));
    }

    private static async Task<ILocator> OpenAsync(StudioPage studio, string id)
    {
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = id, Exact = true }).ClickAsync();
        ILocator decide = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Changes" });
        await decide.WaitForAsync();
        return decide;
    }

    private static Task SaysAsync(ILocator view, string sentence) => view.GetByText(sentence).WaitForAsync();

    private static Task ButtonAsync(ILocator view, string name) =>
        view.GetByRole(AriaRole.Button, new() { Name = name, Disabled = false }).WaitForAsync();

    private static async Task NoViolationsAsync(StudioPage studio, ILocator view)
    {
        await view.WaitForAsync();
        Assert.Empty((await view.RunAxe()).Violations.Select(one => $"{one.Id}: {one.Nodes[0].Html}"));
        Assert.Empty(studio.Errors);
    }

    private static Task<string> TextAsync(StudioServer server) =>
        File.ReadAllTextAsync(server.FileOf("excited"), TestContext.Current.CancellationToken);

    private static Task WriteAsync(StudioServer server, string text) =>
        File.WriteAllTextAsync(server.FileOf("excited"), text, TestContext.Current.CancellationToken);
}
