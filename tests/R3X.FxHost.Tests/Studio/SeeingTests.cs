using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The meters, told what sounds by the test in place of the page's sound.</summary>
public sealed class SeeingTests(StudioBrowser browser)
{
    // Out at -20 dB of level, -18 LUFS and -1.3 dBTP; a voice with its middle near 400 Hz.
    private const string Sounding =
        """
        (at = 0) => {
            const band = (i, middle) => -30 - Math.abs(i - middle) * 1.5;
            const spectrum = middle => Array.from({ length: 52 }, (_, i) => i > 48 ? null : band(i, middle));
            const level = (rms, peak, momentary, truePeak) =>
                ({ rms, peak, momentary, shortTerm: momentary - 1, integrated: momentary - 0.5, truePeak });
            window.dispatchEvent(new CustomEvent('r3x-meters', { detail: {
                seconds: at, heard: 'edited', in: level(-30, -12, -26.04, -11.8), out: level(-20, -1.5, -18, -1.3),
                steps: { compressor: 6, limiter: 0 }, settings: {}, spectrum: { in: spectrum(18), out: spectrum(30) },
            } }));
        }
        """;

    [Fact]
    public async Task What_sounds_is_drawn_and_said_in_words()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        IPage page = studio.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "dj-r3x", Exact = true }).ClickAsync();
        ILocator meters = page.GetByRole(AriaRole.Region, new() { Name = "Meters" });
        ILocator levels = meters.Locator("canvas.levels");
        await Assertions.Expect(levels).ToHaveAccessibleNameAsync("Nothing sounds.");
        await page.EvaluateAsync(Sounding);
        await Assertions.Expect(levels).ToHaveAccessibleNameAsync(
            "In: −26.0 LUFS, true peak −11.8 dB. Out: −18.0 LUFS, true peak −1.3 dB.");
        await Assertions.Expect(meters.Locator("canvas.spectrum")).ToHaveAccessibleNameAsync(
            "Strongest near 400 Hz going in, near 1600 Hz coming out.");
        await Assertions.Expect(meters.GetByRole(AriaRole.Row, new() { Name = "Loudness now" }).GetByRole(AriaRole.Cell))
            .ToHaveTextAsync(["−26.0", "−18.0"]);
        await Assertions.Expect(meters.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "compressor" }))
            .ToHaveTextAsync("compressor −6.0 dB");
        await page.ScreenshotAsync(new() { Path = "/tmp/see-shots/wide.png", FullPage = true });
        AxeResult axe = await page.RunAxe();
        Assert.Empty(axe.Violations);
        await page.EvaluateAsync("window.dispatchEvent(new CustomEvent('r3x-silent'))");
        await Assertions.Expect(levels).ToHaveAccessibleNameAsync("Nothing sounds.");
        Assert.Empty(studio.Errors);
    }
}
