using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>What the command tells of itself.</summary>
public sealed class ListingTests(SpokenLines lines) : IClassFixture<SpokenLines>
{
    public static TheoryData<string> Listings => ["effects", "effects show comb", "presets", "devices", "doctor"];

    [Theory]
    [MemberData(nameof(Listings))]
    public async Task A_listing_in_a_pipe_is_plain_and_breaks_no_line(string listing)
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, listing.Split(' '))).Ended(0);
        Assert.DoesNotContain('\u001b', run.Text);
        string[] rows = run.Text.TrimEnd('\n').Split('\n');
        Assert.All(rows, row => Assert.Equal(row.TrimEnd(), row));
        // A row that was broken goes on with blanks where its first column would be.
        Assert.All(rows.Skip(1), row => Assert.NotEqual(' ', row[0]));
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public async Task A_listing_as_json_can_be_parsed(string listing)
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, [.. listing.Split(' '), "--json"])).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        Assert.Equal(listing.StartsWith("effects", StringComparison.Ordinal)
            ? JsonValueKind.Object : JsonValueKind.Array, parsed.RootElement.ValueKind);
    }

    [Fact]
    public async Task An_effect_shows_its_settings_with_their_ranges()
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "effects", "show", "comb")).Ended(0);
        foreach (
            string words in new[] { "delay", "0.5 ms", "30 ms", "8 ms", "feedback", "feedforward", "damping", "mix" })
            Assert.Contains(words, run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_effects_is_the_one_that_the_command_prints()
    {
        string printed = (await R3xProcess.RunAsync(lines.Folder, "effects", "--markdown")).Ended(0).Text;
        Assert.True(
            printed == await File.ReadAllTextAsync(
                Repository.PathOf("docs/effects.md"), TestContext.Current.CancellationToken),
            "docs/effects.md is not what the effects say. Run: ./r3x effects --markdown > docs/effects.md");
    }

    [Fact]
    public async Task The_presets_of_the_checkout_are_listed_with_the_default_marked()
    {
        string text = (await R3xProcess.RunAsync(lines.Folder, "presets")).Ended(0).Text;
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("presets"), "*.yaml").Where(
            file => Path.GetFileName(file) != "host.yaml"))
            Assert.Contains("\n" + Path.GetFileNameWithoutExtension(file), text, StringComparison.Ordinal);
        Assert.Contains("dj-r3x (default)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_names_what_is_missing_and_how_to_install_it()
    {
        ProcessStartInfo start = R3xProcess.Command(lines.Folder, R3xProcess.Program, "doctor");
        // Nothing but .NET can be found there.
        start.Environment["PATH"] = lines.Folder;
        using R3xProcess process = R3xProcess.Start(start);
        process.Input.Close();
        R3xRun run = (await process.EndAsync()).Ended(0);
        string[] rows = run.Text.Split('\n');
        Assert.Contains("install", Assert.Single(rows, row => row.StartsWith("--  ffmpeg ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Single(rows, row => row.Contains("libmpg123 ", StringComparison.Ordinal));
        Assert.Contains("Missing: ffmpeg", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_native_decoder_the_first_line_plays_and_the_doctor_asks_for_none()
    {
        // The loader finds this one first, and it is none; ffmpeg is not on the PATH.
        string folder = Directory.CreateDirectory(lines.PathOf("no-decoder")).FullName;
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "libmpg123.so.0"), [], TestContext.Current.CancellationToken);
        async Task<R3xRun> Run(params string[] arguments)
        {
            ProcessStartInfo start = R3xProcess.Command(lines.Folder, R3xProcess.Program, arguments);
            start.Environment["PATH"] = folder;
            start.Environment["LD_LIBRARY_PATH"] = folder;
            using R3xProcess process = R3xProcess.Start(start);
            process.Input.Close();
            // A busy machine may be late, and says so.
            return (await process.EndAsync()).Ended(0, "");
        }

        string doctor = (await Run("doctor")).Text;
        Assert.Single(doctor.Split('\n'), row => row.StartsWith("--  libmpg123 ", StringComparison.Ordinal)
            && row.Contains("optional", StringComparison.Ordinal));
        Assert.DoesNotContain(
            "libmpg123", doctor[doctor.IndexOf("Missing:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        R3xRun played = await Run("play", "line.mp3", "--dry", "--device", "file:first.wav");
        Assert.DoesNotContain("mpg123", played.Errors, StringComparison.Ordinal);
        float[] heard = Decoded.From(lines.Bytes("first.wav")).Channels[0];
        float[] line = Decoded.From(lines.Mp3).Channels[0];
        Assert.InRange(heard.Length, line.Length, int.MaxValue);
        Assert.InRange(heard.Max(MathF.Abs), 0.1f, 1f);
    }

    [Fact]
    public async Task The_version_is_one_line() =>
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await R3xProcess.RunAsync(lines.Folder, "--version")).Ended(0).Text);

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("render")]
    [InlineData("play")]
    [InlineData("audition")]
    [InlineData("sink")]
    [InlineData("effects")]
    [InlineData("effects show")]
    [InlineData("effects check")]
    [InlineData("presets")]
    [InlineData("presets why")]
    [InlineData("presets check")]
    [InlineData("presets show")]
    [InlineData("presets diff")]
    [InlineData("presets set")]
    [InlineData("presets new")]
    [InlineData("presets import")]
    [InlineData("presets upgrade")]
    [InlineData("devices")]
    [InlineData("doctor")]
    [InlineData("completion")]
    public async Task The_help_of_a_verb_ends_with_examples_of_it(string verb)
    {
        string[] words = verb.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string help = (await R3xProcess.RunAsync(lines.Folder, [.. words, "--help"])).Ended(0).Text;
        string examples = help[help.IndexOf("Examples:\n", StringComparison.Ordinal)..];
        Assert.Contains($"r3x {verb}", examples, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_without_a_loudspeaker_writes_the_droid_to_a_file()
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "demo")).Ended(
            0, "No loudspeaker was found", "r3x render");
        Assert.Contains("r3x-demo.wav", run.Text, StringComparison.Ordinal);
        Assert.Equal("pcm_s16le", lines.Probe("r3x-demo.wav", "codec_name"));
    }

    [Fact]
    public async Task Without_a_loudspeaker_play_says_what_to_do_and_that_rendering_works()
    {
        R3xRun run = (await R3xProcess.RunAsync(lines.Folder, "play", "line.mp3")).Ended(
            1, "No loudspeaker was found", "r3x render");
        Assert.Contains("start it", run.Errors, StringComparison.Ordinal);
    }
}
