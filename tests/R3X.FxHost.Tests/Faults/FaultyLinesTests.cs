using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Faults;
using R3X.FxHost.Plugins;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Faults;

/// <summary>
/// Lines through chains in which every plugin does something wrong, at a block drawn by lot: each line is heard whole,
/// the host lives, and each fault is reported once and by its cause, unless its plugin sits the line out.
/// </summary>
public sealed class FaultyLinesTests(ITestOutputHelper output) : IDisposable
{
    private const int Rate = 44_100;
    private const int LinesOfAHost = 25;
    private const int StepsOfALine = 3;

    private readonly PluginFolders _folders = new();
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("r3x-faulty-");
    private readonly ConcurrentDictionary<string, int> _unhandled = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _threads;

    public void Dispose()
    {
        _folders.Dispose();
        _temporary.Delete(recursive: true);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(25, true)]
    public Task Every_line_is_heard_whole_and_every_fault_told(int lines, bool isolated) => SpeakAsync(lines, isolated);

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(2_000, false)]
    [InlineData(2_000, true)]
    public Task Two_thousand_lines_too(int lines, bool isolated) => SpeakAsync(lines, isolated);

    private async Task SpeakAsync(int lines, bool isolated)
    {
        FxHost.SurvivePluginThreads();
        foreach (InjectedFault injected in InjectedFault.All.Concat(InjectedFault.Fatal))
            new EmittedPlugin(injected.Id) { Base = injected.Base }.WriteTo(_folders, injected.Id);
        float[] line = await LineAsync();
        UnhandledExceptions.Thrown += Count;
        try
        {
            for (int at = 0; at < lines; at += LinesOfAHost)
                await SpeakWithAHostAsync(at, Math.Min(LinesOfAHost, lines - at), line, isolated);
            if (isolated)
                return;
            Assert.True(SpinWait.SpinUntil(() => Unhandled("throws-on-its-thread") >= _threads, 10_000));
            Assert.Equal(_threads, Unhandled("throws-on-its-thread"));
            GC.Collect(GC.MaxGeneration);
            GC.WaitForPendingFinalizers();
            Assert.True(lines < 1_000 || Unhandled("throws-in-its-finalizer") > 0);
        }
        finally
        {
            UnhandledExceptions.Thrown -= Count;
        }

        foreach ((string what, int count) in _counts.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"{count,6}  {what}");
        foreach ((string effect, int count) in _unhandled)
            output.WriteLine($"{count,6}  {effect}, on no thread of the host");
    }

    private async Task SpeakWithAHostAsync(int first, int lines, float[] line, bool isolated)
    {
        var random = new Random(first);
        InjectedFault[][] chains = [.. Enumerable.Range(0, lines).Select(_ => Drawn(random, isolated))];
        string state = Path.Combine(_temporary.FullName, $"{first}");
        string presets = Path.Combine(state, "presets");
        Directory.CreateDirectory(presets);
        File.WriteAllText(Path.Combine(presets, "host.yaml"), "host: 1\n");
        for (int i = 0; i < lines; i++)
        {
            File.WriteAllText(Path.Combine(presets, $"line-{i}.yaml"),
                "preset: 1\nchain:\n" + string.Concat(chains[i].Select(static injected => $"  - {injected.Id}\n")));
        }

        var expected = new List<string>();
        using (FxHost host = FxHost.Create(
            new FxHostOptions
            {
                PresetFolder = presets,
                PluginFolders = [_folders.Root],
                StateFolder = state,
                Isolation = isolated ? EffectIsolation.All : EffectIsolation.None,
            }))
        {
            // Does what the host's own has to do.
            var quarantine = new Quarantine();
            for (int i = 0; i < lines; i++)
            {
                (SpeechReport report, float[] heard) = await host.RenderedAsync(
                    line, (ulong)random.Next(), $"line-{i}");
                if (isolated)
                {
                    CheckElsewhere(report, chains[i]);
                    CheckSound(line, heard, chains[i].Any(static injected => injected.Base == "AddsConstant"));
                    continue;
                }

                InjectedFault[] admitted = [.. chains[i].Where(injected => quarantine.Admits(injected.Id, ""))];
                Check(report, chains[i], admitted);
                CheckSound(line, heard, admitted.Any(static injected => injected.Base == "AddsConstant"));
                foreach (InjectedFault injected in admitted)
                    Settle(quarantine, injected, expected);
            }
        }

        FaultRecord[] kept = [.. FaultLedger.Open(state).Read().Where(static fault => fault.Step.Length > 0)];
        if (isolated)
        {
            Assert.All(kept, fault => Assert.Contains(fault.Cause, InjectedFault.Of(fault.Effect).CausesElsewhere));
            return;
        }

        Assert.Equal(expected.Order(), kept.Select(static fault => fault.Effect).Order());
        Assert.All(kept, fault => Assert.Contains(fault.Cause, InjectedFault.Of(fault.Effect).Causes));
    }

    private void Settle(Quarantine quarantine, InjectedFault injected, List<string> expected)
    {
        _counts[injected.Base] = _counts.GetValueOrDefault(injected.Base) + 1;
        _threads += injected.Base == "ThrowsOnItsThread" ? 1 : 0;
        if (injected.Causes.Length == 0)
        {
            quarantine.Behaved(injected.Id, "");
            return;
        }

        expected.Add(injected.Id);
        quarantine.Faulted(new SlotFault("", "", injected.Id, "", FaultCause.Threw, "", 0, 0));
    }

    private static void Check(SpeechReport report, InjectedFault[] chain, InjectedFault[] admitted)
    {
        InjectedFault[] faulty = [.. admitted.Where(static injected => injected.Causes.Length > 0)];
        string told = string.Join('\n', report.Faults);
        Assert.True(faulty.Length == report.Faults.Count,
            $"{string.Join(", ", faulty.Select(static injected => injected.Base))} was expected of "
                + $"{string.Join(", ", chain.Select(static injected => injected.Base))}, and told was:\n{told}");
        foreach (InjectedFault injected in faulty)
        {
            string fault = Assert.Single(report.Faults,
                fault => fault.StartsWith($"Step \"{injected.Id}\" ", StringComparison.Ordinal));
            Assert.True(Array.Exists(injected.Words, words => fault.Contains(words, StringComparison.Ordinal)), fault);
        }

        foreach (InjectedFault injected in chain.Except(admitted))
            Assert.Single(report.Notes, note => note.StartsWith($"\"{injected.Id}\" ", StringComparison.Ordinal)
                && note.Contains("sits this line out", StringComparison.Ordinal));
        foreach (InjectedFault injected in admitted.Where(static injected => injected.Note is not null))
            Assert.Single(report.Notes, note => note.StartsWith($"\"{injected.Id}\" ", StringComparison.Ordinal)
                && note.Contains(injected.Note!, StringComparison.Ordinal));
    }

    // An effect in a process of its own may be heard again in the same line, and misbehave again, in another way.
    private void CheckElsewhere(SpeechReport report, InjectedFault[] chain)
    {
        foreach (InjectedFault injected in chain)
        {
            _counts[injected.Base] = _counts.GetValueOrDefault(injected.Base) + 1;
            string[] told = [.. report.Faults.Where(
                fault => fault.StartsWith($"Step \"{injected.Id}\" ", StringComparison.Ordinal))];
            bool sitsOut = report.Notes.Any(note => note.StartsWith($"\"{injected.Id}\" ", StringComparison.Ordinal)
                && note.Contains("sits this line out", StringComparison.Ordinal));
            string all = $"{injected.Base}: {string.Join(" | ", report.Faults)}";
            if (injected.CausesElsewhere.Length == 0 || sitsOut)
                Assert.True(told.Length == 0, all);
            else
                Assert.True(told.Length > 0 || injected.MayPassElsewhere, all);
        }
    }

    // Whole: as long as it was, and nowhere else than it was, but for a constant, for as long as that is let pass.
    private static void CheckSound(float[] line, float[] heard, bool mayBeOff)
    {
        Assert.Equal(line.Length, heard.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (!(Math.Abs(heard[i] - line[i]) <= (mayBeOff ? 0.401f : 1e-4f)) || Math.Abs(heard[i]) > 1)
                Assert.Fail($"At frame {i} {heard[i]} is heard and not {line[i]}.");
        }
    }

    private static InjectedFault[] Drawn(Random random, bool isolated)
    {
        InjectedFault[] all = [.. InjectedFault.All, .. isolated ? InjectedFault.Fatal : []];
        random.Shuffle(all);
        return all[..StepsOfALine];
    }

    // Two and a half seconds of the bundled line, from where it is spoken.
    private static async Task<float[]> LineAsync()
    {
        using FxHost host = TestHost.Create();
        using var stream = new MemoryStream();
        await host.RenderAsync(
            SpeechAudio.FromFile(Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3")), stream, TestHost.Float,
            new SpeechSelection { IsDry = true }, TestContext.Current.CancellationToken);
        float[] all = TestHost.Samples(stream.ToArray());
        return [.. all.AsSpan(Rate / 2, 5 * Rate / 2).ToArray().Select(static sample => sample * 0.5f)];
    }

    private void Count(UnhandledException thrown) =>
        _unhandled.AddOrUpdate(thrown.EffectId, 1, static (_, count) => count + 1);

    private int Unhandled(string effect) => _unhandled.GetValueOrDefault(effect);
}
