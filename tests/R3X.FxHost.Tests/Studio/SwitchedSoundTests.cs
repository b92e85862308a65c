using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Playout;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>Dry and edited beside each other, as a browser hears them.</summary>
[Collection(PacedTests.Name)]
public sealed class SwitchedSoundTests(StudioBrowser browser)
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
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "mine", Exact = true }).ClickAsync();
        ILocator play = studio.Page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true });
        await Assertions.Expect(play).ToBeEnabledAsync();
        (float[] dry, float[] edited) = await RoundsAsync(server);
        double residual = 0;
        // A machine that is busy with other things may leave a gap: what was heard then says nothing.
        for (int attempt = 0; attempt < 8 && residual > -60; attempt++)
        {
            await play.ClickAsync();
            await heard.WaitAsync(0.7);
            await studio.Page.GetByRole(AriaRole.Group, new() { Name = "What is heard" }).GetByLabel("Dry")
                .CheckAsync();
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
        // A gap right at its beginning, and nothing fits.
        if (first < 0)
            return 0;
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
