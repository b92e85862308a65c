using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>One server for the tests of a class, each of which opens a preset of its own.</summary>
public sealed class SharedStudio : IAsyncLifetime
{
    internal StudioServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await StudioServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Opens a preset in a window of its own, and waits for its text.</summary>
    internal async Task<StudioPage> OpenAsync(StudioBrowser browser, string preset)
    {
        StudioPage studio = await browser.OpenAsync(Server.Address);
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = preset, Exact = true }).ClickAsync();
        await studio.Page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        return studio;
    }
}

/// <summary>What tests of the cards and the text ask of a page.</summary>
internal static class StudioPageActions
{
    public static ILocator Slider(this IPage page, string setting) =>
        page.GetByRole(AriaRole.Slider, new() { Name = setting, Exact = true });

    public static ILocator Typed(this IPage page, string setting) =>
        page.GetByRole(AriaRole.Textbox, new() { Name = setting + ", as text", Exact = true });

    public static ILocator Card(this IPage page, string step) =>
        page.GetByRole(AriaRole.Article, new() { Name = step, Exact = true });

    /// <summary>Types a value in place of what stands there.</summary>
    public static async Task SetAsync(this IPage page, string setting, string value)
    {
        await page.Typed(setting).FillAsync(value);
        await page.Typed(setting).PressAsync("Enter");
    }

    /// <summary>Waits until the editor holds a text.</summary>
    public static Task TextAsync(this IPage page, string text) => page.WaitForFunctionAsync(
        "text => monaco.editor.getModels()[0].getValue() === text", text);

    public static Task<string> TextAsync(this IPage page) =>
        page.EvaluateAsync<string>("() => monaco.editor.getModels()[0].getValue()");
}
