using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Listening;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Sinks;

/// <summary>r3x sink: what programs play on it is compared with what is heard from the loudspeaker.</summary>
[Collection(LoudspeakerTests.Name)]
public sealed class SinkTests : IDisposable
{
    private const int Rate = 48_000;
    private const double AimSeconds = 0.06;
    private readonly PulseServer _server;
    private readonly string _folder = TestHost.PresetFolder(
        ("loud", Level(0)), ("quiet", Level(-12)),
        ("ringing", "preset: 1\nchain:\n  - comb: { delay: 20 ms, feedback: 85%, mix: 60% }\n  - limiter\n"));

    public SinkTests(PulseServer server) => _server = server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_that_is_played_is_heard_from_its_first_sample_to_its_last_and_soon()
    {
        float[] noise = TestSignal.WhiteNoise(-20, Rate / 2);
        File.WriteAllBytes(PathOf("noise"), MemoryMarshal.AsBytes(Stereo(noise)).ToArray());
        using R3xProcess r3x = await StartAsync("--dry", "--report");
        using SinkRecording virtually = _server.Record("droid", Rate, 2);
        // A machine that is busy with other things starves the loudspeaker now and then; such a recording says nothing.
        double residual = 0;
        double seconds = BestOf.Smallest(AimSeconds, () =>
        {
            (long from, long played) = (_server.Default.Position, virtually.Position);
            Play("noise");
            (long start, long end) = _server.Default.WaitForSoundToEnd(from);
            long begun = virtually.WaitForSound(played);
            // Behind a rest, the next one begins anew.
            _server.Default.WaitUntil(end + (5 * Rate / 2));
            if (end - start != noise.Length)
                return double.PositiveInfinity;
            residual = Noise.ResidualDecibels(noise, _server.Default.Channel(1, start, end));
            return (_server.Default.HeardAt(start) - virtually.HeardAt(begun)) / (double)Stopwatch.Frequency;
        });
        Assert.InRange(residual, -400, -90);
        Assert.InRange(seconds, 0.005, AimSeconds);
        TestContext.Current.SendDiagnosticMessage($"Heard after {seconds * 1000:F1} ms.");
        r3x.Signal(2);
        (await r3x.EndAsync()).Ended(0, "added latency", "underruns");
    }

    [Fact]
    public async Task It_sounds_and_rings_out_as_a_rendered_line_does()
    {
        await File.WriteAllBytesAsync(PathOf("line.raw"), Tone(), Cancellation);
        (await R3xProcess.RunAsync(_folder, "render", "line.raw", "--input-format", "pcm_48000", "--presets", ".",
            "--preset", "ringing", "--level", "off", "--bits", "float", "-o", "rendered.wav")).Ended(0);
        float[] rendered = TestHost.Samples(await File.ReadAllBytesAsync(PathOf("rendered.wav"), Cancellation));
        using R3xProcess r3x = await StartAsync("--preset", "ringing", "--level", "off");
        double residual = BestOf.Smallest(-60, () =>
        {
            long from = _server.Default.Position;
            _server.Run("pacat", "--raw", "--format=s16le", "--rate=48000", "--channels=1", "-d", "droid",
                PathOf("line.raw"));
            (long start, long end) = _server.Default.WaitForSoundToEnd(from);
            float[] heard = FromFirstSound(_server.Default.Channel(0, start, end));
            float[] expected = FromFirstSound(rendered);
            // It goes on below what a file ends at.
            return heard.Length < expected.Length ? 0 : Noise.ResidualDecibels(expected, heard);
        });
        Assert.InRange(residual, -400, -60);
    }

    // What rounding leaves, below -120 dB, is none.
    private static float[] FromFirstSound(float[] samples) =>
        samples[Math.Max(0, Array.FindIndex(samples, static sample => Math.Abs(sample) > 1e-6f))..];

    [Fact]
    public async Task Another_preset_is_typed_and_one_is_saved_in_mid_sound_without_a_click()
    {
        short[] tone = Array.ConvertAll(
            TestSignal.Sine(100, -12, Rate, 6 * Rate), sample => (short)Math.Round(sample * 32_768));
        await File.WriteAllBytesAsync(PathOf("line.raw"), MemoryMarshal.AsBytes(tone.AsSpan()).ToArray(), Cancellation);
        float[] heard = [];
        int typed = 0;
        double click = BestOf.Smallest(-60, () => HighBand.Highest(heard = Hear(), Rate));
        Assert.InRange(click, -200, -60);
        Assert.Equal([0.25, 0.0625, 0.0157], new[] { Rate / 2, typed, heard.Length - 960 }.Select(
            at => Math.Round(heard.AsSpan(at, 960).ToArray().Max(), 4)), (one, other) => Math.Abs(one - other) < 0.004);

        float[] Hear()
        {
            File.WriteAllText(PathOf("quiet.yaml"), Level(-12));
            using R3xProcess r3x = StartAsync(
                "--preset", "loud", "--level", "off", "--buffer", "150").GetAwaiter().GetResult();
            long from = _server.Default.Position;
            using Process player = _server.Begin("pacat", "--raw", "--format=s16le", "--rate=48000", "--channels=1",
                "-d", "droid", PathOf("line.raw"));
            long start = _server.Default.WaitForSound(from);
            _server.Default.WaitUntil(start + Rate);
            r3x.Input.Write("no such preset\nquiet\n"u8);
            r3x.Input.Flush();
            Assert.Equal("quiet: loud -> quiet", r3x.Line());
            long quiet = _server.Default.Position;
            _server.Default.WaitUntil(quiet + Rate);
            typed = (int)(quiet + Rate - start - 960);
            File.WriteAllText(PathOf("quiet.yaml"), Level(-24));
            Assert.Equal("quiet: gain.level -12 dB -> -24 dB", r3x.Line());
            long saved = _server.Default.Position;
            _server.Default.WaitUntil(saved + Rate);
            float[] all = _server.Default.Channel(0, start, saved + Rate);
            player.Kill();
            r3x.Signal(15);
            r3x.EndAsync().GetAwaiter().GetResult().Ended(0, "There is no preset \"no such preset\" here");
            _server.Default.WaitForSoundToEnd(saved);
            return all;
        }
    }

    [Fact]
    public async Task It_goes_when_it_ends_and_what_a_killed_run_left_is_no_hindrance()
    {
        using (R3xProcess killed = await StartAsync("--dry"))
        {
            killed.Signal(9);
            await killed.EndAsync();
        }

        Assert.Contains("\tdroid\t", _server.Run("pactl", "list", "short", "sinks"), StringComparison.Ordinal);
        using R3xProcess r3x = await StartAsync("--dry");
        using R3xProcess second = R3xProcess.Start(Command("--dry"));
        (await second.EndAsync()).Ended(1, "droid is in use by another `r3x sink`");
        r3x.Signal(15);
        (await r3x.EndAsync()).Ended(0);
        Assert.DoesNotContain("droid", _server.Run("pactl", "list", "short", "sinks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_the_default_it_still_plays_on_the_real_one_and_never_on_itself()
    {
        File.WriteAllBytes(PathOf("noise"), MemoryMarshal.AsBytes(Stereo(TestSignal.WhiteNoise(-20, Rate))).ToArray());
        try
        {
            using (R3xProcess killed = await StartAsync("--dry"))
            {
                _server.MakeDefault("droid");
                killed.Signal(9);
                await killed.EndAsync();
            }

            using R3xProcess r3x = await StartAsync("--dry");
            _server.MakeDefault("droid");
            long from = _server.Default.Position;
            Play("noise");
            _server.Default.WaitForSoundToEnd(from);
            string real = Column(_server.Run("pactl", "list", "short", "sinks"), "\tr3x\t");
            string stream = Column(_server.Run("pactl", "list", "short", "sink-inputs"), "\t" + real + "\t");
            _server.Run("pactl", "move-sink-input", stream, "droid");
            // It sees that with the next sound, and comes back.
            from = _server.Default.Position;
            Play("noise");
            _server.Default.WaitForSoundToEnd(from);
            Assert.Contains(
                $"\t{real}\t", _server.Run("pactl", "list", "short", "sink-inputs"), StringComparison.Ordinal);
            r3x.Signal(15);
            (await r3x.EndAsync()).Ended(0);
        }
        finally
        {
            _server.MakeDefault("r3x");
        }
    }

    [Theory]
    [InlineData("the virtual loudspeaker itself", "--name", "droid", "--device", "droid")]
    [InlineData("cannot be the name of a virtual loudspeaker", "--name", "the droid")]
    [InlineData("10 to 500 ms", "--buffer", "3")]
    [InlineData("There is no preset \"mien\" here", "--preset", "mien")]
    public async Task What_cannot_be_is_refused(string said, params string[] arguments) =>
        (await R3xProcess.RunAsync(_folder, ["sink", "--presets", ".", .. arguments])).Ended(2, said);

    [Fact]
    public async Task Without_a_sound_server_it_says_what_to_do() =>
        (await R3xProcess.RunAsync(_folder, "sink", "--presets", ".")).Ended(
            1, "There is no sound server for the virtual loudspeaker r3x", "Start it: pulseaudio --start");

    private static string Level(double decibels) =>
        FormattableString.Invariant($"preset: 1\nchain:\n  - gain: {{ level: {decibels} dB }}\n");

    private static float[] Stereo(float[] samples) => [.. samples.SelectMany(sample => new[] { sample, sample })];

    private static byte[] Tone() => MemoryMarshal.AsBytes(Array.ConvertAll(
        TestSignal.WhiteNoise(-30, Rate), sample => (short)Math.Round(sample * 32_768)).AsSpan()).ToArray();

    // The number in front of the row that has a word.
    private static string Column(string rows, string word) =>
        rows.Split('\n').First(row => row.Contains(word, StringComparison.Ordinal)).Split('\t')[0];

    private string PathOf(string file) => Path.Combine(_folder, file);

    private void Play(string file) => _server.Run(
        "pacat", "--raw", "--format=float32le", "--rate=48000", "--channels=2", "-d", "droid", PathOf(file));

    private async Task<R3xProcess> StartAsync(params string[] arguments)
    {
        var r3x = R3xProcess.Start(Command(arguments), collectOutput: false);
        // Three lines say how to play on it.
        Assert.StartsWith(
            "What plays on \"droid\" is heard through ", await Task.Run(r3x.Line), StringComparison.Ordinal);
        Assert.Contains("PULSE_SINK=droid", r3x.Line(), StringComparison.Ordinal);
        Assert.Contains("Ctrl-C", r3x.Line(), StringComparison.Ordinal);
        return r3x;
    }

    private ProcessStartInfo Command(params string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Interruptible(
            _folder, ["sink", "--name", "droid", "--presets", ".", .. arguments]);
        foreach ((string name, string value) in _server.Environment)
            start.Environment[name] = value;
        return start;
    }
}
