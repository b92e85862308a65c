using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Playback;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Windows;

/// <summary>
/// What is heard of <c>r3x.exe</c>: through WASAPI, which wine plays into the tests' sound server. Every sample of the
/// line is something else than zero, so a gap of a busy machine is told from a sample that is missing.
/// </summary>
[Collection(LoudspeakerTests.Name)]
public sealed class WindowsPlayTests(PulseServer server) : IAsyncLifetime
{
    private const int Rate = 48_000;

    // What wine says was heard, its sound server holds for some 50 ms, and drops with a loudspeaker that goes.
    private const int HeldByWine = Rate / 10;

    private WindowsMachine _windows = null!;
    private string _folder = null!;

    public async ValueTask InitializeAsync()
    {
        _windows = await WindowsMachine.GetAsync();
        _folder = _windows.NewFolder("play");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_line_is_heard_whole_and_the_command_ends_when_it_was_heard()
    {
        float[] line = Line(2);
        long from = server.Default.Position;
        (await EndAsync(Play(server, "line.wav"))).Ended(0, "");
        long ended = Stopwatch.GetTimestamp();
        (float[] heard, long last) = Heard(server.Default, from);
        Assert.Equal(line.Length, heard.Length);
        Assert.Equal(0, Difference(line, heard));
        double after = Stopwatch.GetElapsedTime(server.Default.HeardAt(last), ended).TotalMilliseconds;
        Assert.InRange(after, -15, 5_000);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task The_demo_is_heard_twice()
    {
        long from = server.Default.Position;
        using R3xProcess demo = Start(server, "demo");
        (await EndAsync(demo)).Ended(0);
        (float[] heard, _) = Heard(server.Default, from);
        // The line is 4 s long.
        Assert.InRange(heard.Length, 6 * Rate, 12 * Rate);
    }

    [Fact]
    public async Task Levels_are_told_when_they_are_heard()
    {
        // 100 ms of sound, 100 ms of silence.
        float[] noise = Noise.Make(1, 3 * Rate)[0].ToArray();
        float[] bursts = [.. noise.Select((sample, i) => i / (Rate / 10) % 2 == 0 ? sample : 0)];
        await File.WriteAllBytesAsync(
            Path.Combine(_folder, "bursts.wav"), FloatWav.Of(bursts, Rate), TestContext.Current.CancellationToken);
        Assert.InRange(BestOf.Within(-60, 60, LatenessOfLevels), -60, 60);
    }

    [Fact]
    public async Task Ctrl_C_is_silent_at_once()
    {
        Line(20);
        List<R3xRun> runs = [];
        double silentAfter = BestOf.Smallest(60, () =>
        {
            long from = server.Default.Position;
            using R3xProcess r3x = Play(server, "line.wav");
            long start = server.Default.WaitForSound(from);
            server.Default.WaitUntil(start + (Rate / 2));
            long interrupted = Stopwatch.GetTimestamp();
            r3x.Signal(2);
            runs.Add(r3x.EndAsync().GetAwaiter().GetResult());
            (_, long last) = Heard(server.Default, from);
            return Stopwatch.GetElapsedTime(interrupted, server.Default.HeardAt(last)).TotalMilliseconds;
        });
        Assert.All(runs, run => run.Ended(130, "Stopped"));
        Assert.InRange(silentAfter, -10, 60);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_line_goes_on_where_it_was_when_its_loudspeaker_goes_and_comes_again()
    {
        float[] line = Line(5);
        (int before, int after) = (0, 0);
        // Of a loudspeaker that goes, a busy machine's recorder misses the last it sounded.
        for (int attempt = 0; attempt < BestOf.Tries && before + after < line.Length - HeldByWine; attempt++)
        {
            using var alone = new PulseServer();
            long from = alone.Default.Position;
            using R3xProcess r3x = Play(alone, "line.wav");
            SinkRecording first = alone.Default;
            first.WaitUntil(first.WaitForSound(from) + Rate);
            alone.RemoveSink("r3x");
            before = Compare(line, first, from, atEnd: false);
            // It stands still until somebody listens.
            r3x.Signal(19);
            SinkRecording second = alone.AddSink("r3x", Rate, 2, "The droid's chest loudspeaker");
            r3x.Signal(18);
            (await EndAsync(r3x)).Ended(0, "");
            second.WaitUntil(second.Position + (Rate / 2));
            after = Compare(line, second, 0, atEnd: true);
        }

        // Better a little twice than a little not at all.
        Assert.InRange(before + after, line.Length - HeldByWine, line.Length + (Rate / 4));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Where_Windows_default_goes_the_sound_goes_on()
    {
        float[] line = Line(5);
        SinkRecording other = server.AddSink("other", Rate, 2, "The other one");
        string devices = await DevicesAsync();
        Assert.Contains("The other one", devices, StringComparison.Ordinal);
        const string key = @"HKCU\Software\Wine\Drivers\winepulse.drv";
        try
        {
            long from = server.Default.Position;
            long fromOther = other.Position;
            using R3xProcess r3x = Play(server, "line.wav");
            server.Default.WaitUntil(server.Default.WaitForSound(from) + Rate);
            string id = await IdOfAsync("The other one");
            await _windows.RunProgramAsync("reg", "add", key, "/v", "DefaultOutput", "/d", id, "/f");
            (await EndAsync(r3x)).Ended(0, "");
            other.WaitUntil(other.Position + (Rate / 2));
            int before = Compare(line, server.Default, from, atEnd: false);
            int after = Compare(line, other, fromOther, atEnd: true);
            Assert.InRange(before + after, line.Length - HeldByWine, line.Length + (Rate / 4));
        }
        finally
        {
            await _windows.RunProgramAsync("reg", "delete", key, "/f");
            server.RemoveSink("other");
        }
    }

    // Writes line.wav.
    private float[] Line(int seconds)
    {
        float[] line = Noise.Make(1, seconds * Rate)[0].ToArray();
        File.WriteAllBytes(Path.Combine(_folder, "line.wav"), FloatWav.Of(line, Rate));
        return line;
    }

    private R3xProcess Play(PulseServer into, string file, params string[] more) =>
        Start(into, ["play", file, "--dry", "--level", "off", .. more]);

    private R3xProcess Start(PulseServer into, params string[] arguments) =>
        Start(into, collectOutput: true, arguments);

    private R3xProcess Start(PulseServer into, bool collectOutput, string[] arguments)
    {
        ProcessStartInfo start = _windows.R3x(_folder, arguments);
        start.Environment["PULSE_SERVER"] = into.Address;
        R3xProcess process = R3xProcess.Start(start, collectOutput);
        process.Input.Close();
        return process;
    }

    private async Task<string> DevicesAsync()
    {
        using R3xProcess devices = Start(server, "devices");
        return (await devices.EndAsync()).Ended(0).Text;
    }

    // A busy machine may make a line late, which is said.
    private static async Task<R3xRun> EndAsync(R3xProcess process)
    {
        R3xRun run = await process.EndAsync();
        IEnumerable<string> lines = run.Errors.Split('\n');
        lines = lines.Where(line => !line.Contains(": warning:", StringComparison.Ordinal));
        return run with { Errors = string.Join('\n', lines) };
    }

    // What was heard without gaps, and the last frame of it.
    private static (float[] Samples, long Last) Heard(SinkRecording recording, long from)
    {
        recording.WaitUntil(recording.Position + (Rate / 2));
        float[] samples = recording.Channel(0, from, recording.Position);
        return ([.. samples.Where(sample => sample != 0)], from + samples.AsSpan().LastIndexOfAnyExcept(0f));
    }

    // How much of the line was heard, from its beginning or to its end, to the sample.
    private static int Compare(float[] line, SinkRecording recording, long from, bool atEnd)
    {
        float[] heard = [.. recording.Channel(0, from, recording.Position).Where(sample => sample != 0)];
        Assert.InRange(heard.Length, 1, line.Length);
        Assert.Equal(0, Difference(atEnd ? line.AsSpan(^heard.Length..) : line.AsSpan(0, heard.Length), heard));
        return heard.Length;
    }

    private static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> heard)
    {
        double most = 0;
        for (int i = 0; i < expected.Length; i++)
            most = Math.Max(most, Math.Abs(expected[i] - heard[i]));
        return most;
    }

    // In milliseconds behind what the recorder heard, the median of all that were told.
    private double LatenessOfLevels()
    {
        long from = server.Default.Position;
        List<(double Seconds, long At)> told = [];
        string[] words = ["play", "bursts.wav", "--dry", "--level", "off", "--levels"];
        using (R3xProcess r3x = Start(server, collectOutput: false, words))
        {
            using var lines = new StreamReader(r3x.Output);
            lines.ReadLine();
            while (lines.ReadLine() is { } line)
                told.Add((double.Parse(line.Split('\t')[0], CultureInfo.InvariantCulture), Stopwatch.GetTimestamp()));
            Assert.Equal(0, r3x.EndAsync().GetAwaiter().GetResult().ExitCode);
        }

        server.Default.WaitUntil(server.Default.Position + (Rate / 2));
        Assert.InRange(told.Count, 100, 200);
        long start = server.Default.WaitForSound(from);
        double[] late =
        [
            .. told.Select(one => Stopwatch.GetElapsedTime(HeardAt(start, one.Seconds), one.At))
                .Select(late => late.TotalMilliseconds)
                .Order(),
        ];
        return late[late.Length / 2];
    }

    private long HeardAt(long start, double seconds) => server.Default.HeardAt(start + (long)(seconds * Rate));

    // Windows' id of a loudspeaker is its key in the registry.
    private async Task<string> IdOfAsync(string name)
    {
        const string outputs = @"HKLM\Software\Microsoft\Windows\CurrentVersion\MMDevices\Audio\Render";
        string keys = await _windows.RunProgramAsync("reg", "query", outputs, "/s");
        Match found = Regex.Match(
            keys.ReplaceLineEndings("\n"),
            $@"Render\\(\{{[^}}]+\}})\\Properties\n(    .*\n)*?    .*REG_SZ +{Regex.Escape(name)}\n");
        Assert.True(found.Success, keys);
        return "{0.0.0.00000000}." + found.Groups[1].Value;
    }
}
