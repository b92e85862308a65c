using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

public sealed class OpeningTests(StudioBrowser browser)
{
    [Fact]
    public async Task A_preset_that_is_chosen_shows_its_text()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "excited", Exact = true }).ClickAsync();
        ILocator text = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Text" }).Locator("pre");
        await text.WaitForAsync();
        Assert.Equal(
            await File.ReadAllTextAsync(server.FileOf("excited"), TestContext.Current.CancellationToken),
            await text.TextContentAsync());
        Assert.Empty(studio.Errors);
    }
}
