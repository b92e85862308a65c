using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Tests.Playout;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>When meters are shown: with the sound that they are of.</summary>
[Collection(PacedTests.Name)]
public sealed class MeterTimeTests(StudioBrowser browser)
{
    private const int Rate = 44_100;

    // Noise and silence by turns of 0.3 s, so that a meter that is shown with another sound is wrong by far.
    private const int Turn = Rate * 3 / 10;

    [Fact]
    public async Task Meters_show_what_is_heard_when_it_is_heard()
    {
        await using StudioServer server = await StudioServer.StartAsync();
        await using StudioPage studio = await browser.OpenAsync(server.Address, new() { BypassCSP = true });
        IPage page = studio.Page;
        await PageRecording.BeginAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "neutral", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }))
            .ToBeEnabledAsync();
        float[] line = [.. Signals.Noise(6 * Turn, 0.2).Select(static (x, i) => i / Turn % 2 == 0 ? x : 0)];
        await page.GetByLabel("Choose or drop an audio file").SetInputFilesAsync(new FilePayload
        {
            Name = "turns.wav", MimeType = "audio/wav", Buffer = FloatWav.Of(line, Rate),
        });
        await page.GetByText("Line: turns.wav").WaitForAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "What is heard" }).GetByLabel("Dry").CheckAsync();
        (double Late, double Off) best = (double.MaxValue, double.MaxValue);
        // A machine that is busy with other things may leave a gap, or show late: that says nothing.
        for (int attempt = 0; attempt < 8 && best is not { Late: < 0.1, Off: < 1.5 }; attempt++)
        {
            if (await PlayAsync(page) is not { } seen)
                continue;
            Assert.True(seen.Early < 0.03, $"A meter was shown {seen.Early:0.000} s before its sound.");
            best = best.Off < seen.Off ? best : (seen.Late, seen.Off);
        }

        TestContext.Current.SendDiagnosticMessage("late {0:0.000} s, off {1:0.0} dB", best.Late, best.Off);
        Assert.InRange(best.Late, -0.03, 0.1);
        Assert.InRange(best.Off, 0, 1.5);
    }

    // How early and how late meters were at most, in seconds, and by how much they differed from what was heard, in dB.
    private static async Task<(double Early, double Late, double Off)?> PlayAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        JsonNode seen = JsonNode.Parse(await page.EvaluateAsync<string>("""
            async () => {
                const shown = [];
                const note = ({ detail }) => shown.push([detail.frame,
                    heard.context.currentTime * heard.rate, detail.out.peak, detail.matchedByDb]);
                addEventListener("r3x-meters", note);
                while (shown.length < 40)
                    await new Promise(done => setTimeout(done, 10));
                removeEventListener("r3x-meters", note);
                const sounding = heard.blocks.findIndex(({ samples }) => samples.some(sample => sample !== 0));
                const peaks = heard.blocks.slice(sounding).map(({ samples }) =>
                    samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
                return JSON.stringify({ first: sounding, start: heard.blocks[sounding]?.frame,
                    size: heard.blocks[0]?.samples.length, peaks, shown });
            }
            """))!;
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        // The recorder has to be there before the sound.
        if ((int)seen["first"]! < 1)
            return null;
        double start = (double)seen["start"]!;
        int size = (int)seen["size"]!;
        double[] peaks = [.. seen["peaks"]!.AsArray().Select(static peak => (double)peak!)];
        (double Early, double Late, double Off) result = (0, 0, 0);
        foreach (JsonNode? one in seen["shown"]!.AsArray())
        {
            double frame = (double)one![0]!;
            double late = ((double)one[1]! - start - frame) / Rate;
            int end = (int)frame / size;
            int first = Math.Max(0, end - (Rate / 30 / size));
            if (end > peaks.Length)
                continue;
            double heard = 20 * Math.Log10(Math.Max(1e-3, peaks[first..end].DefaultIfEmpty(0).Max()));
            double shown = Math.Max(-60, ((double?)one[2] ?? -60) + ((double?)one[3] ?? 0));
            // Where a turn begins or ends, a block of the recording holds both.
            bool isInside = frame % Turn > 2 * size && (frame % Turn) - (Rate / 30.0) > 4 * size;
            result = (Math.Max(result.Early, -late), Math.Max(result.Late, late),
                isInside ? Math.Max(result.Off, Math.Abs(shown - heard)) : result.Off);
        }

        return result;
    }
}
