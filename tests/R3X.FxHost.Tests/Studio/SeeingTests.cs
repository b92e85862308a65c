using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The meters, told what sounds by the test in place of the page's sound.</summary>
public sealed class SeeingTests(StudioBrowser browser, SharedStudio quiet) : IClassFixture<SharedStudio>
{
    // Out at -20 dB of level, -18 LUFS and -1.3 dBTP; a voice that is strongest at 400 Hz made one at 1600 Hz.
    private const string Sound =
        """
        (rms = -20) => {
            const band = (i, middle) => -30 - Math.abs(i - middle) * 1.5;
            const spectrum = middle => Array.from({ length: 52 }, (_, i) => i > 48 ? null : band(i, middle));
            const level = (rms, peak, momentary, truePeak) =>
                ({ rms, peak, momentary, shortTerm: momentary - 1, integrated: momentary - 0.5, truePeak });
            window.dispatchEvent(new CustomEvent('r3x-meters', { detail: {
                seconds: 1, heard: 'edited', in: level(-30, -12, -26.04, -11.8), out: level(rms, -1.5, -18, -1.3),
                steps: { compressor: 6, limiter: 0 }, settings: {}, spectrum: { in: spectrum(18), out: spectrum(30) },
            } }));
        }
        """;

    // The part of the columns of a canvas in which a colour stands, by the colour's red, green and blue.
    private const string Columns =
        """
        ([selector, sign]) => {
            const canvas = document.querySelector(selector);
            const colour = getComputedStyle(document.querySelector(`.sign.${sign}`)).color.match(/\d+/g).map(Number);
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const columns = new Set();
            for (let i = 0; i < data.length; i += 4) {
                if (colour.every((c, j) => Math.abs(data[i + j] - c) < 3) && data[i + 3] > 250)
                    columns.add((i / 4) % canvas.width);
            }
            return columns.size / canvas.width;
        }
        """;

    private const string Drawn =
        """
        () => {
            const canvas = document.querySelector('canvas.levels');
            return canvas?.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
                .some(part => part > 0);
        }
        """;

    [Fact]
    public async Task What_sounds_is_said_in_words_and_numbers()
    {
        await using StudioPage studio = await OpenAsync();
        IPage page = studio.Page;
        ILocator meters = page.GetByRole(AriaRole.Region, new() { Name = "Meters" });
        ILocator levels = meters.Locator("canvas.levels");
        await Assertions.Expect(levels).ToHaveAccessibleNameAsync("Nothing sounds.");
        await page.EvaluateAsync(Sound);
        await Assertions.Expect(levels).ToHaveAccessibleNameAsync(
            "In: −26.0 LUFS, true peak −11.8 dB. Out: −18.0 LUFS, true peak −1.3 dB.");
        await Assertions.Expect(meters.Locator("canvas.spectrum")).ToHaveAccessibleNameAsync(
            "Strongest near 400 Hz going in, near 1600 Hz coming out.");
        await Assertions.Expect(meters.GetByRole(AriaRole.Row, new() { Name = "Momentary loudness" })
            .GetByRole(AriaRole.Cell)).ToHaveTextAsync(["−26.0", "−18.0"]);
        await Assertions.Expect(meters.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "compressor" }))
            .ToHaveTextAsync("compressor −6.0 dB");
        AxeResult axe = await meters.RunAxe();
        Assert.Empty(axe.Violations);
        await page.EvaluateAsync("window.dispatchEvent(new CustomEvent('r3x-silent'))");
        await Assertions.Expect(levels).ToHaveAccessibleNameAsync("Nothing sounds.");
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_card_shows_what_its_step_does_to_every_pitch_and_follows_its_settings()
    {
        await using StudioPage studio = await OpenAsync("excited");
        ILocator sound = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Sound", Exact = true });
        ILocator eq = sound.GetByRole(AriaRole.Article, new() { Name = "eq", Exact = true });
        ILocator response = eq.GetByRole(AriaRole.Img, new() { NameRegex = new("^eq: ") });
        await Assertions.Expect(response).ToHaveAccessibleNameAsync(StrongestAt(@"\+10\.6 dB at 1\.66 kHz"));
        string? path = await response.Locator("path").Last.GetAttributeAsync("d");
        // Its delay wobbles.
        await Assertions.Expect(sound.GetByRole(AriaRole.Article, new() { Name = "comb", Exact = true })
            .GetByRole(AriaRole.Img, new() { NameRegex = new("^comb: strongest.* Moving settings") }))
            .ToHaveCountAsync(1);
        // Its dynamics are drawn as a bar.
        await Assertions.Expect(sound.GetByRole(AriaRole.Article, new() { Name = "compressor", Exact = true })
            .GetByRole(AriaRole.Img)).ToHaveCountAsync(0);
        ILocator gain = eq.GetByRole(AriaRole.Slider, new() { Name = "eq presence-gain", Exact = true });
        for (int i = 0; i < 3; i++)
            await gain.PressAsync("PageDown");
        await Assertions.Expect(response).Not.ToHaveAccessibleNameAsync(StrongestAt(@"\+10\.6 dB at 1\.66 kHz"));
        Assert.NotEqual(path, await response.Locator("path").Last.GetAttributeAsync("d"));
        ILocator typed = eq.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^eq presence-gain") });
        await Assertions.Expect(typed).ToHaveValueAsync("4 dB");
        await typed.FillAsync("wobble 0 dB to 10 dB at 2 Hz");
        await studio.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(response).ToHaveAccessibleNameAsync(
            new Regex(@"Moving settings change it by up to 10\.0 dB\.$"));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task Levels_and_balances_are_drawn_to_scale_in_light_and_dark_and_where_it_is_narrow()
    {
        foreach ((int width, ColorScheme scheme) in
            new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (360, ColorScheme.Light) })
        {
            await using StudioPage studio = await OpenAsync(options: new()
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
                DeviceScaleFactor = 2,
            });
            IPage page = studio.Page;
            await SoundAsync(page, -20);
            double loud = await ColumnsAsync(page, "canvas.levels", "out");
            await SoundAsync(page, -60);
            double soft = await ColumnsAsync(page, "canvas.levels", "out");
            // Its loudness stays, at -18 of -60 to 3.
            Assert.InRange(loud, 0.4, 0.67);
            Assert.Equal(loud, soft, 0.02);
            Assert.InRange(await ColumnsAsync(page, "canvas.spectrum", "out"), 0.6, 1);
            Assert.InRange(await ColumnsAsync(page, "canvas.spectrum", "character"), 0.2, 0.9);
            Assert.True(await page.EvaluateAsync<bool>(
                "document.querySelector('.see').scrollWidth <= document.querySelector('.see').clientWidth"));
            Assert.Empty(studio.Errors);
        }
    }

    [Fact]
    public async Task As_many_pictures_are_drawn_as_the_sound_sends_and_the_screen_shows()
    {
        await using StudioPage studio = await OpenAsync();
        // Two at once make one picture; 60 go by one a frame, so many a second as the browser shows.
        Assert.Equal(60, await CountPicturesAsync(studio.Page, frames: 60));
        await studio.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.InRange(await CountPicturesAsync(studio.Page, frames: 60), 1, 30);
    }

    [Fact]
    public async Task The_line_that_plays_moves_the_meters_thirty_times_a_second()
    {
        await using StudioPage studio = await OpenAsync();
        ILocator listen = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" });
        ILocator meters = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Meters" });
        await listen.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Assertions.Expect(meters.Locator("canvas.levels")).ToHaveAccessibleNameAsync(
            new Regex(@"^In: .*\d LUFS, .*Out: .*\d LUFS, true peak .*\d dB\.$"));
        await Assertions.Expect(meters.Locator("canvas.spectrum")).ToHaveAccessibleNameAsync(
            new Regex(@"^Strongest near \d+ Hz going in, near \d+ Hz coming out\.$"));
        await Assertions.Expect(meters.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "compressor" }))
            .ToHaveTextAsync(new Regex(@"^compressor −\d+\.\d dB$"));
        ILocator guards = meters.Locator(".guards li");
        await Assertions.Expect(guards).ToHaveTextAsync(
            [new Regex(@"Words are understood, .* STOI 0\.8[5-9], at least"), new Regex(@"In time: \d\.\d ms")]);
        // By the sound's own clock: this machine may be busy.
        double rate = await studio.Page.EvaluateAsync<double>(
            """
            () => new Promise(done => {
                let times = [];
                addEventListener('r3x-meters', event => {
                    const { seconds } = event.detail;
                    times = seconds > times.at(-1) ? [...times, seconds] : [seconds];
                    if (times.length === 31)
                        done(30 / (times[30] - times[0]));
                });
            })
            """);
        Assert.InRange(rate, 28, 32);
        await listen.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Assertions.Expect(meters.Locator("canvas.levels")).ToHaveAccessibleNameAsync("Nothing sounds.");
        Assert.Empty(studio.Errors);
    }

    private static Regex StrongestAt(string what) => new("^eq: strongest " + what);

    private static Task<int> CountPicturesAsync(IPage page, int frames) => page.EvaluateAsync<int>(
        $$"""
        async frames => {
            const sound = {{Sound}};
            const frame = () => new Promise(requestAnimationFrame);
            const canvas = document.querySelector('canvas.levels');
            const pen = canvas.getContext('2d');
            let pictures = 0;
            pen.clearRect = (...place) => {
                pictures++;
                CanvasRenderingContext2D.prototype.clearRect.apply(pen, place);
            };
            for (let i = 0; i < frames; i++) {
                sound(-20 - i);
                sound(-20 - i);
                await frame();
            }
            await frame();
            delete pen.clearRect;
            return pictures;
        }
        """,
        frames);

    private async Task<StudioPage> OpenAsync(string preset = "dj-r3x", BrowserNewContextOptions? options = null)
    {
        StudioPage studio = await browser.OpenAsync(quiet.Server.Address, options);
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = preset, Exact = true }).ClickAsync();
        await studio.Page.WaitForFunctionAsync(Drawn);
        return studio;
    }

    // And waits for the picture of it.
    private static async Task SoundAsync(IPage page, double rms)
    {
        await page.EvaluateAsync(Sound, rms);
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private static Task<double> ColumnsAsync(IPage page, string selector, string sign) =>
        page.EvaluateAsync<double>(Columns, new[] { selector, sign });
}
