using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace R3X.FxHost.Tests.Studio;

/// <summary>How much a server and a page of it hold on to, at a moment.</summary>
/// <param name="HostMegabytes">What the server's process has in memory.</param>
/// <param name="PageMegabytes">What the page's script can still reach.</param>
/// <param name="Nodes">What the page's document consists of.</param>
/// <param name="Listeners">Who listens to its events.</param>
internal sealed record Memories(double HostMegabytes, double PageMegabytes, int Nodes, int Listeners)
{
    /// <summary>Looks, after a collection in the page.</summary>
    public static async Task<Memories> OfAsync(int process, ICDPSession session)
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        double Of(string name) => metrics.EnumerateArray()
            .First(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
        return new Memories(
            Resident(process), Of("JSHeapUsedSize") / 1e6, (int)Of("Nodes"), (int)Of("JSEventListeners"));
    }

    /// <summary>A session that <see cref="OfAsync"/> can ask.</summary>
    public static async Task<ICDPSession> OpenAsync(IPage page)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        return session;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"host {HostMegabytes:F1} MB, page {PageMegabytes:F2} MB, {Nodes} nodes, {Listeners} listeners");

    private static double Resident(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2],
        CultureInfo.InvariantCulture) / 1000;
}
