using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playout;
using R3X.FxHost.Tests.Presets;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A thousand lines in a row with two presets that are edited all the while, on a loudspeaker without
/// time.</summary>
public sealed class HotSwapTests
{
    private const int Rate = 48_000;
    private const int Lines = 1_000;
    private const int Ahead = 20;

    // Both values of a version belong together: one of either with one of another is half-read.
    private static readonly (int Mix, double Level)[] Versions = [(20, -1), (30, -2), (40, -3), (50, -4)];

    // Lines that are out of step with the tape would wait for it for ever.
    [Fact(Timeout = 300_000)]
    public async Task A_thousand_lines_while_their_presets_are_rewritten_are_heard_whole_in_order_and_without_a_click()
    {
        string folder = TestHost.PresetFolder(("tube", Text("tube", Versions[0])), ("echo", Text("echo", Versions[0])));
        // It holds a second, so that a line whose thread has lost its turn is waited for.
        using var tape = new TapeDevice(Rate) { Latency = TimeSpan.FromSeconds(1), RunsDry = true };
        var schedule = new Schedule(tape);
        SpeechReport[] reports;
        await using (FxHost host = FxHost.Create(new FxHostOptions { PresetFolder = folder, OpenDevice = () => tape }))
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            Task<int>? editor = null;
            var lines = new List<Task<SpeechReport>>();
            for (int i = 0; i < Lines; i++)
            {
                lines.Add(host.ProcessAndPlayAsync(SpeechAudio.FromChunks(schedule.SpeakAsync(i,
                    TestContext.Current.CancellationToken), "pcm_48000"), Selection(i), done.Token));
                if (i >= Ahead)
                    await lines[i - Ahead];
                editor ??= i < Ahead ? null : Task.Run(() => EditAsync(folder, done.Token), done.Token);
            }

            reports = await Task.WhenAll(lines);
            await done.CancelAsync();
            Assert.InRange(await editor!, 20, int.MaxValue);
        }

        Assert.All(reports, report => Assert.Contains(VersionOf(report), Versions));
        Assert.InRange(reports.Select(VersionOf).Distinct().Count(), 3, Versions.Length);
        Assert.Equal(
            Enumerable.Range(0, Lines).Select(i => Selection(i).Preset), reports.Select(report => report.Preset));
        float[] heard = tape.Heard;
        // Each line as it would be rendered alone, from where the one before it ended: tails under lines, nothing lost,
        // doubled or moved.
        float[] expected = await ExpectedAsync(reports);
        Assert.Equal(expected.Length, heard.Length);
        Assert.True(expected.AsSpan().SequenceEqual(heard),
            $"The first difference is at frame {expected.AsSpan().CommonPrefixLength(heard)}.");
        Assert.InRange(HighBand.Highest(heard, Rate), -200, -60);
    }

    private static SpeechSelection Selection(int line) =>
        new() { Preset = line % 2 == 0 ? "tube" : "echo", Seed = 1, KeepsLevel = true };

    // Whole rounds of 100 Hz, 100 to 140 ms: lines that changed places would not fit.
    private static int Frames(int line) => 480 * (10 + (line * 7 % 5));

    private static byte[] Tone(int line)
    {
        short[] samples = Array.ConvertAll(
            TestSignal.Sine(100, -12, Rate, Frames(line)), sample => (short)Math.Round(sample * 32_768));
        return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
    }

    // Cut in the middle, either text ends inside a step and is no preset.
    private static string Text(string id, (int Mix, double Level) version)
    {
        string step = id == "tube" ? "comb: { delay: 9 ms, feedback: 60%," : "delay: { time: 80 ms, feedback: 5%,";
        return $"preset: 1\nchain:\n  - {step} mix: {version.Mix}% }}\n  - gain: {{ level: {version.Level} dB }}\n"
            + "  - limiter\n";
    }

    private static (int Mix, double Level) VersionOf(SpeechReport report) => Array.Find(
        Versions, version => report.Effects[0].Settings["mix"] == $"{version.Mix}%"
            && report.Effects[1].Settings["level"] == FormattableString.Invariant($"{version.Level} dB"));

    private static async Task<int> EditAsync(string folder, CancellationToken done)
    {
        var random = new Random(5);
        for (int edit = 0; ; edit++)
        {
            string id = edit % 2 == 0 ? "tube" : "echo";
            await EditorSave.SaveAsync(Path.Combine(folder, id + ".yaml"),
                Text(id, Versions[random.Next(Versions.Length)]), EditorSave.Ways[random.Next(EditorSave.Ways.Length)]);
            if (done.IsCancellationRequested)
                return edit;
            await Task.WhenAny(Task.Delay(30, done));
        }
    }

    private static async Task<float[]> ExpectedAsync(SpeechReport[] reports)
    {
        var rendered = new Dictionary<(string Preset, (int, double), int Frames), float[]>();
        var sum = new List<float>();
        int start = 0;
        for (int i = 0; i < reports.Length; i++)
        {
            (string Preset, (int, double) Version, int Frames) key = (
                reports[i].Preset, VersionOf(reports[i]), Frames(i));
            if (!rendered.TryGetValue(key, out float[]? line))
                rendered.Add(key, line = await RenderAsync(key.Preset, key.Version, i));
            while (sum.Count < start + line.Length)
                sum.Add(0);
            for (int frame = 0; frame < line.Length; frame++)
                sum[start + frame] += line[frame];
            start += Frames(i);
        }

        return [.. sum];
    }

    private static async Task<float[]> RenderAsync(string preset, (int, double) version, int line)
    {
        await using FxHost host = TestHost.Create(presets: TestHost.PresetFolder((preset, Text(preset, version))));
        using var wav = new MemoryStream();
        await host.RenderAsync(SpeechAudio.FromBytes(Tone(line), "pcm_48000"), wav, TestHost.Float, Selection(line),
            TestContext.Current.CancellationToken);
        return TestHost.Samples(wav.ToArray());
    }

    /// <summary>Lets the tape run up to where a line ends whose successor has not been made yet.</summary>
    private sealed class Schedule
    {
        private readonly TapeDevice _tape;
        private readonly Lock _lock = new();
        private readonly bool[] _made = new bool[Lines];
        private int _firstNotMade;
        private long _end;

        public Schedule(TapeDevice tape)
        {
            _tape = tape;
            tape.Limit = 0;
        }

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> SpeakAsync(
            int line, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await Task.Yield();
            yield return Tone(line);
            cancellation.ThrowIfCancellationRequested();
            // Asked for more, so the chain has had everything and the ring holds it.
            lock (_lock)
            {
                _made[line] = true;
                for (; _firstNotMade < Lines && _made[_firstNotMade]; _firstNotMade++)
                    _end += Frames(_firstNotMade);
                _tape.Limit = _firstNotMade == Lines ? long.MaxValue : _end - 1;
            }
        }
    }
}
