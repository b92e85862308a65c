using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>What a person hears, and how it is chosen.</summary>
public sealed class HearTests(StudioBrowser browser)
{
    private const string Preset = """
        preset: 1
        chain:
          - compressor: { threshold: -30 dB }
          - comb: { mix: 50% }
          - limiter: { look-ahead: 5 ms }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_the_browser_edited_and_dry_fade_into_each_other_at_the_same_sample_and_nothing_clicks()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await File.WriteAllTextAsync(server.FileOf("mine"), Preset, Cancellation);
        await using StudioPage studio = await browser.OpenAsync(server.Address, new() { BypassCSP = true });
        var heard = await PageRecording.BeginAsync(studio.Page);
        await OpenAsync(studio.Page, "mine");
        (float[] dry, float[] edited) = await RoundsAsync(server);
        double residual = 0;
        // A machine that is busy with other things may leave a gap: what was heard then says nothing.
        for (int attempt = 0; attempt < 8 && residual > -60; attempt++)
        {
            await PlayAsync(studio.Page);
            await heard.WaitAsync(0.7);
            await Source(studio.Page, "Dry").CheckAsync();
            await heard.WaitAsync(0.5);
            await studio.Page.Keyboard.PressAsync("x");
            await heard.WaitAsync(0.5);
            float[] recorded = await heard.ReadAsync();
            await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
            residual = Math.Min(residual, Residual(Sounding(recorded), dry, edited, heard.Rate / 100));
        }

        TestContext.Current.SendDiagnosticMessage("residual {0:0.0} dBFS", residual);
        Assert.InRange(residual, -400, -60);
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task A_line_is_chosen_dropped_or_recorded_and_what_is_no_sound_leaves_the_one_there_was()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        await OpenAsync(studio.Page, "excited");
        ILocator view = studio.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" });
        byte[] wave = Decoding.Fixture.Run("espeak-ng", [], ["--stdout", "One two three."]);
        await view.GetByLabel("Choose or drop an audio file").SetInputFilesAsync(
            new FilePayload { Name = "three words.wav", MimeType = "audio/wav", Buffer = wave });
        await view.GetByText("Line: three words.wav").WaitForAsync();
        await PlayAsync(studio.Page);
        await studio.Page.EvaluateAsync("() => new Promise(done => addEventListener('r3x-meters', done))");

        await view.GetByLabel("Choose or drop an audio file").SetInputFilesAsync(
            new FilePayload { Name = "list.txt", MimeType = "text/plain", Buffer = "no sound at all"u8.ToArray() });
        await view.GetByText("list.txt cannot be heard").WaitForAsync();
        Assert.True(await view.GetByText("Line: three words.wav").IsVisibleAsync());

        await view.Locator(".line").EvaluateAsync("""
            (area, bytes) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], "dropped.wav"));
                area.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """, wave.Select(value => (int)value).ToArray());
        await view.GetByText("Line: dropped.wav").WaitForAsync();

        await view.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "End recording" }).ClickAsync();
        await view.GetByText("Line: your recording").WaitForAsync();
        await view.GetByRole(AriaRole.Button, new() { Name = "Bundled line" }).ClickAsync();
        await view.GetByText("Line: the bundled one").WaitForAsync();
        Assert.DoesNotContain(studio.Errors, error => !error.Contains("422", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_is_done_by_keys_which_are_letters_where_somebody_writes()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address);
        IPage page = studio.Page;
        await OpenAsync(page, "excited");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }))
            .ToBeVisibleAsync();
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(Source(page, "Dry")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(Source(page, "Saved")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved is heard." }))
            .ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(Source(page, "Dry")).ToBeCheckedAsync();
        await page.EvaluateAsync(
            "() => { const field = document.createElement('input'); document.body.append(field); field.focus(); }");
        await page.Keyboard.TypeAsync("3 x");
        Assert.Equal("3 x", await page.EvaluateAsync<string>("() => document.activeElement.value"));
        await page.EvaluateAsync("() => document.activeElement.remove()");
        await page.GetByLabel("Shortcut keys").UncheckAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("3");
        // It would have come before what is done behind it.
        await page.GetByLabel("Volume").FillAsync("-12");
        await Assertions.Expect(page.GetByLabel("Volume")).ToHaveAttributeAsync("aria-valuetext", "-12 dB");
        await Assertions.Expect(Source(page, "Dry")).ToBeCheckedAsync();
        AxeResult axe = await page.GetByRole(AriaRole.Region, new() { Name = "Listen" }).RunAxe();
        Assert.Empty(axe.Violations.Select(violation => violation.Id));
        Assert.Empty(studio.Errors);
    }

    [Fact]
    public async Task The_loudspeaker_is_one_pages_at_a_time_and_the_others_when_that_one_is_gone()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage other = await browser.OpenAsync(server.Address);
        await using (StudioPage first = await browser.OpenAsync(server.Address))
        {
            await PlayAtLoudspeakerAsync(first.Page);
            await first.Page.EvaluateAsync("() => new Promise(done => addEventListener('r3x-meters', done))");
            await PlayAtLoudspeakerAsync(other.Page);
            await other.Page.GetByRole(AriaRole.Region, new() { Name = "Listen" })
                .GetByText("Another page plays at the loudspeaker.").WaitForAsync();
        }

        ILocator play = other.Page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true });
        Task meters = other.Page.EvaluateAsync(
            "() => new Promise(done => addEventListener('r3x-meters', done))");
        while (!meters.IsCompleted)
        {
            if (await play.IsVisibleAsync())
                await play.ClickAsync();
            await Task.WhenAny(meters, Task.Delay(200, Cancellation));
        }

        await meters;
        Assert.Empty(other.Errors);
    }

    private static async Task OpenAsync(IPage page, string preset)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = preset, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }))
            .ToBeEnabledAsync(new() { Timeout = 60_000 });
    }

    private static Task PlayAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();

    private static async Task PlayAtLoudspeakerAsync(IPage page)
    {
        await OpenAsync(page, "excited");
        await page.GetByLabel("The host's loudspeaker").CheckAsync();
        await PlayAsync(page);
    }

    private static ILocator Source(IPage page, string name) =>
        page.GetByRole(AriaRole.Group, new() { Name = "What is heard" }).GetByLabel(name);

    // The bundled line, from its beginning, as the host makes it.
    private static async Task<(float[] Dry, float[] Edited)> RoundsAsync(StudioServer server)
    {
        using FxHost host = TestHost.Create(presets: server.Presets, plugins: Repository.PathOf("plugins"));
        Preset preset = host.Presets.Read(Preset, "mine.yaml").Preset!;
        using Audition audition = await host.AuditionAsync(
            SpeechAudio.FromFile(Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3")), preset, preset,
            Cancellation);
        return (Round(AuditionSource.Dry), Round(AuditionSource.Edited));

        float[] Round(AuditionSource source)
        {
            float[] heard = new float[(int)(4 * audition.Format.SampleRate)];
            audition.Heard = source;
            audition.Begin();
            for (int at = 0; at < heard.Length; at += 441)
                audition.Read(new AudioBlock(heard.AsSpan(at, Math.Min(441, heard.Length - at))));
            return heard;
        }
    }

    // What was recorded without edited, then dry, then edited again, as they would ideally fade: its highest sample in
    // dBFS.
    private static double Residual(float[] recorded, float[] dry, float[] edited, int fade)
    {
        int first = Place(edited, recorded);
        int frames = Math.Min(recorded.Length, edited.Length - first);
        int toDry = Switch(0, edited, dry);
        int back = Switch(toDry + (5 * fade), dry, edited);
        double worst = 0;
        for (int i = 0; i < frames; i++)
        {
            double ideal = edited[first + i]
                + ((Share(i - toDry) - Share(i - back)) * (dry[first + i] - edited[first + i]));
            worst = Math.Max(worst, Math.Abs(recorded[i] - ideal));
        }

        return 20 * Math.Log10(worst + 1e-9);

        double Share(int since) => 0.5 - (0.5 * Math.Cos(Math.PI * Math.Clamp((since + 1.0) / fade, 0, 1)));

        // Where the fade begins that fits best: near the first sample that is not the old sound's any more.
        int Switch(int from, float[] old, float[] next)
        {
            int differs = from;
            while (differs < frames - fade - 1 && Math.Abs(recorded[differs] - old[first + differs]) < 1e-3)
                differs++;
            return Enumerable.Range(Math.Max(0, differs - fade), fade + 1).MinBy(start => Enumerable.Range(0, 2 * fade)
                .Where(i => start + i < frames)
                .Sum(i => Math.Pow(recorded[start + i] - old[first + start + i]
                    - (Share(i) * (next[first + start + i] - old[first + start + i])), 2)));
        }
    }

    // Without the silence in front, and the player's own fade.
    private static float[] Sounding(float[] recorded) =>
        recorded[(Array.FindIndex(recorded, sample => sample != 0) + 512)..];

    // The frame of a sound at which a recording of it begins.
    private static int Place(float[] sound, float[] recorded)
    {
        int loud = Array.FindIndex(recorded, sample => Math.Abs(sample) > 0.05);
        float[] part = recorded[loud..(loud + 512)];
        int at = Enumerable.Range(0, sound.Length - part.Length).MinBy(start =>
        {
            double sum = 0;
            for (int i = 0; i < part.Length && sum < 1; i++)
                sum += Math.Pow(part[i] - sound[start + i], 2);
            return sum;
        });
        return at - loud;
    }
}
