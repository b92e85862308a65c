using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace R3X.FxHost.Tests.Studio;

/// <summary>
/// Somebody who turns whatever can be turned, seeded: sliders by keys, values typed, well or badly, switches, lists,
/// buttons of the cards and of the changes, and the file saved by another editor meanwhile.
/// </summary>
internal sealed partial class RandomTurning(IPage page, string file, int seed)
{
    private const int Told = 12;

    private static readonly string[] Values =
    [
        "0 dB", "-6 dB", "3 dB", "25%", "80%", "0%", "500 Hz", "1.5 kHz", "8 ms", "120 ms", "3:1", "1 oct", "12 bit",
        "wobble 20% to 60% at 2 Hz", "wobble 6 ms to 9 ms at 0.5 Hz", "sweep 500 Hz to 4 kHz over 2 s",
        "random 10% to 40%", "-18 LUFS", "", "loud", "1e9 Hz", "-4,5 dB", "50", "wobble", "<b>&amp;</b>", "🎚",
    ];

    private static readonly string[] Keys = ["ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End"];

    private readonly Random _random = new(seed);
    private readonly List<string> _log = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>What was done last, for who has to find out why.</summary>
    public string Log => $"seed {seed}, last:\n{string.Join('\n', _log.TakeLast(Told))}";

    /// <summary>How often everything was done.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Does something.</summary>
    public async Task DoAsync()
    {
        ILocator sound = page.GetByRole(AriaRole.Region, new() { Name = "Sound", Exact = true });
        ILocator changes = page.GetByRole(AriaRole.Region, new() { Name = "Changes", Exact = true });
        int dice = _random.Next(100);
        if (dice < 40)
            await OnOneOfAsync("slide", sound.GetByRole(AriaRole.Slider), SlideAsync);
        else if (dice < 60)
            await OnOneOfAsync("type", sound.GetByRole(AriaRole.Textbox), TypeAsync);
        else if (dice < 66)
            await OnOneOfAsync("switch", sound.GetByRole(AriaRole.Switch), item => item.PressAsync("Space"));
        else if (dice < 71)
            await OnOneOfAsync("choose", sound.GetByRole(AriaRole.Combobox), ChooseAsync);
        else if (dice < 83)
            await OnOneOfAsync("press", sound.GetByRole(AriaRole.Button), PressAsync);
        else if (dice < 92)
            await OnOneOfAsync("undo", Named(changes, UndoOrRedo()), PressAsync);
        else if (dice < 97)
            await OnOneOfAsync("save", Named(changes, Save()), PressAsync);
        else
            EditElsewhere();
        await CloseDialogAsync();
    }

    /// <summary>What of this was never done.</summary>
    public IEnumerable<string> Missing(params string[] what) => what.Where(name => !_counts.ContainsKey(name));

    private static ILocator Named(ILocator region, Regex name) =>
        region.GetByRole(AriaRole.Button, new() { NameRegex = name });

    private async Task OnOneOfAsync(string what, ILocator all, Func<ILocator, Task> act)
    {
        int count = await all.CountAsync();
        if (count == 0)
            return;
        ILocator item = all.Nth(_random.Next(count));
        try
        {
            if (await item.IsDisabledAsync(new() { Timeout = 5000 }))
                return;
            string? name = await item.GetAttributeAsync("aria-label", new() { Timeout = 5000 })
                ?? await item.TextContentAsync(new() { Timeout = 5000 });
            _log.Add($"{what}: {name}");
            await act(item);
            _counts[what] = _counts.GetValueOrDefault(what) + 1;
        }
        catch (Exception e) when (e is TimeoutException || e.Message.Contains("not attached", StringComparison.Ordinal))
        {
            // It went with what was done before; the next one is another.
            _log.Add($"{what}: gone");
            _counts["gone"] = _counts.GetValueOrDefault("gone") + 1;
        }
    }

    private async Task SlideAsync(ILocator slider)
    {
        for (int presses = _random.Next(1, 6); presses > 0; presses--)
            await slider.PressAsync(Keys[_random.Next(Keys.Length)], new() { Timeout = 5000 });
    }

    private async Task TypeAsync(ILocator box)
    {
        await box.FillAsync(Values[_random.Next(Values.Length)], new() { Timeout = 5000 });
        await box.PressAsync("Enter", new() { Timeout = 5000 });
    }

    private async Task ChooseAsync(ILocator list)
    {
        int options = await list.Locator("option").CountAsync();
        await list.SelectOptionAsync(new SelectOptionValue { Index = _random.Next(options) }, new() { Timeout = 5000 });
    }

    private async Task PressAsync(ILocator button)
    {
        await button.PressAsync("Enter", new() { Timeout = 5000 });
        ILocator dialog = page.Locator("dialog[open]");
        if (await dialog.CountAsync() > 0)
        {
            await OnOneOfAsync(
                "press in a dialog", dialog.GetByRole(AriaRole.Button), item => item.PressAsync("Enter"));
        }
    }

    private async Task CloseDialogAsync()
    {
        if (await page.Locator("dialog[open]").CountAsync() > 0)
            await page.Keyboard.PressAsync("Escape");
    }

    // As editors do: beside it, then in its place.
    private void EditElsewhere()
    {
        string text = File.ReadAllText(file);
        string line = $"# saved elsewhere {_random.Next(1000)}\n";
        text = Elsewhere().IsMatch(text) ? Elsewhere().Replace(text, line, 1) : text.TrimEnd('\n') + "\n" + line;
        File.WriteAllText(file + "~", text);
        File.Move(file + "~", file, overwrite: true);
        _log.Add(line.TrimEnd());
        _counts["saved elsewhere"] = _counts.GetValueOrDefault("saved elsewhere") + 1;
    }

    [GeneratedRegex("^(undo|redo)", RegexOptions.IgnoreCase)]
    private static partial Regex UndoOrRedo();

    [GeneratedRegex("^save", RegexOptions.IgnoreCase)]
    private static partial Regex Save();

    [GeneratedRegex("# saved elsewhere \\d+\n")]
    private static partial Regex Elsewhere();
}
