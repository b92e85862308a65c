using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The pictures of docs/studio.md are of this page. <c>R3X_PICTURES=write</c> in the environment makes them
/// anew.</summary>
public sealed class PicturesTests(StudioBrowser browser, SharedStudio quiet) : IClassFixture<SharedStudio>
{
    private const int Width = 1280;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pictures_of_every_view_are_of_the_page_as_it_is()
    {
        await using StudioPage studio = await browser.OpenAsync(quiet.Server.Address, new()
        {
            ViewportSize = new() { Width = Width, Height = 900 }, ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        IPage page = studio.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "excited", Exact = true }).ClickAsync();
        // The last to come, and the meters have moved by then.
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await page.EvaluateAsync("""
            () => new Promise(resolve => {
                let count = 0;
                addEventListener('r3x-meters', () => ++count === 60 && resolve());
            })
            """);
        await LookAsync("studio", await page.ScreenshotAsync());
        await page.SetAsync("amount", "60%");
        await page.GetByText("amount is").WaitForAsync();
        foreach (string view in (string[])["Presets", "Listen", "Sound", "Meters", "Text", "Changes"])
            await LookAsync("studio-" + Named(view), await ViewAsync(page, view));
        Assert.Empty(studio.Errors);
    }

    private static string Named(string view) => view switch
    {
        "Presets" => "choose",
        "Listen" => "hear",
        "Sound" => "turn",
        "Meters" => "see",
        "Text" => "read",
        _ => "decide",
    };

    // No more of a long view than a page of a book has room for.
    private static async Task<byte[]> ViewAsync(IPage page, string name)
    {
        ILocator view = page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });
        await view.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await view.BoundingBoxAsync())!;
        float scrolled = await page.EvaluateAsync<float>("() => scrollY");
        return await page.ScreenshotAsync(new()
        {
            FullPage = true,
            Clip = new() { X = box.X, Y = box.Y + scrolled, Width = box.Width, Height = Math.Min(box.Height, 760) },
        });
    }

    private static async Task LookAsync(string name, byte[] picture)
    {
        string file = Repository.PathOf("docs", "pictures", name + ".png");
        if (Environment.GetEnvironmentVariable("R3X_PICTURES") == "write")
            await File.WriteAllBytesAsync(file, picture, Stop);
        Assert.True(File.Exists(file), $"{file} is missing. R3X_PICTURES=write in the environment makes it.");
        byte[] kept = await File.ReadAllBytesAsync(file, Stop);
        (int width, int height) = SizeOf(kept);
        (int nowWidth, int nowHeight) = SizeOf(picture);

        // Fonts differ from system to system, so it is its shape that is compared, and that there is something in it.
        Assert.True(Math.Abs(width - nowWidth) <= width / 10 && Math.Abs(height - nowHeight) <= height / 2,
            $"{name}.png is {width} by {height}, and the page {nowWidth} by {nowHeight}. "
            + "R3X_PICTURES=write makes it anew.");
        foreach (byte[] one in (byte[][])[kept, picture])
            Assert.True(one.Length > width * height / 100, $"{name}.png is blank: {one.Length} bytes.");
    }

    // The first chunk of a PNG file: after the signature, a length and a name.
    private static (int Width, int Height) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
